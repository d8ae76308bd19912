"""What every tab makes its parts of."""

from __future__ import annotations

from typing import Any

import gradio as gr

QUIET: dict[str, Any] = {
    "api_visibility": "private",
    "queue": False,
    "show_progress": "hidden",
}
"""How the page's own events run: at once, unseen, and not as endpoints for programs."""


def html(value: str, name: str, script: str | None = None) -> gr.HTML:
    """A part that shows HTML as it is; `script` runs when it is there."""
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)
