"""The page: a Gradio app over a bot, served from this machine and asking nothing of any other."""

import os

# Gradio reads these when it is imported; nothing may leave the machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
# It would keep who asked when, and reckon percentiles of it after each question.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)

from qa.app.inbox import Limits
from qa.app.page import build
from qa.app.server import application, serve

__all__ = ["Limits", "application", "build", "serve"]
