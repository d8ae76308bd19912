"""The page's looks: the system's fonts, and Gradio's own parts in the page's colours.

The colours themselves stand in `assets/page.css`, once for the light and once for the dark: here
they are only named, so that Gradio's parts change with the page and not by a theme of their own.
"""

from __future__ import annotations

from importlib.resources import files

import gradio as gr
from gradio.themes.utils import colors, fonts, sizes

_SANS = (
    "system-ui",
    "-apple-system",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "sans-serif",
)
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
_SHADES = (50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950)


def theme() -> gr.themes.Base:
    """Gradio's theme over the page's custom properties."""
    made = gr.themes.Base(
        primary_hue=_hue("tint"),
        secondary_hue=_hue("tint"),
        neutral_hue=_hue("gray"),
        spacing_size=sizes.spacing_sm,
        radius_size=sizes.radius_md,
        text_size=sizes.text_md,
        font=[fonts.Font(name) for name in _SANS],
        font_mono=[fonts.Font(name) for name in _MONO],
    ).set(
        background_fill_primary="var(--sheet)",
        background_fill_secondary="var(--paper)",
        body_background_fill="var(--paper)",
        body_text_color="var(--ink)",
        body_text_color_subdued="var(--soft)",
        block_background_fill="transparent",
        block_border_width="0px",
        block_label_text_color="var(--soft)",
        border_color_primary="var(--line)",
        border_color_accent="var(--green)",
        color_accent="var(--green)",
        input_background_fill="var(--field)",
        input_border_color="var(--edge)",
        input_border_color_focus="var(--green)",
        input_placeholder_color="var(--soft)",
        button_primary_background_fill="var(--fill)",
        button_primary_background_fill_hover="var(--fill-strong)",
        button_primary_text_color="var(--on-fill)",
        button_secondary_background_fill="var(--field)",
        button_secondary_background_fill_hover="var(--green-wash)",
        button_secondary_text_color="var(--ink)",
        link_text_color="var(--green)",
    )
    # The page's properties know light from dark; Gradio's second set would know it otherwise.
    for name in [name for name in vars(made) if name.endswith("_dark")]:
        delattr(made, name)
    return made


def head() -> str:
    """The style sheets and scripts of `assets/`, in the order of their names, for the document's head."""
    parts = sorted(files("qa.app").joinpath("assets").iterdir(), key=lambda part: part.name)
    tags = {".css": "style", ".js": "script"}
    return "".join(
        f"<{tag}>{part.read_text('utf-8')}</{tag}>"
        for suffix, tag in tags.items()
        for part in parts
        if part.name.endswith(suffix)
    )


def _hue(name: str) -> colors.Color:
    return colors.Color(name, *(f"var(--{name}-{shade})" for shade in _SHADES))
