"""The page: a Gradio app over a bot, served from this machine and asking nothing of any other."""

import inspect
import os
from typing import Any

# Gradio reads these when it is imported; nothing may leave the machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
# It would keep who asked when, and reckon percentiles of it after each question.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)


def _import_gradio() -> None:
    """Import Gradio without writing its editor stubs anew, which takes half of the time.

    Each time that it is imported, Gradio reads the source of each of its components, makes a .pyi
    from it and compares that with the one on disk; a class without a file is left out.
    """
    found = inspect.getfile

    def of_no_class(held: Any) -> str:
        if inspect.isclass(held):
            raise OSError
        return found(held)

    inspect.getfile = of_no_class  # type: ignore[assignment]
    try:
        import gradio  # noqa: F401
    finally:
        inspect.getfile = found


_import_gradio()

from qa.app.inbox import Limits  # noqa: E402
from qa.app.page import build  # noqa: E402
from qa.app.server import application, serve  # noqa: E402

__all__ = ["Limits", "application", "build", "serve"]
