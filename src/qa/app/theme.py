"""The page's looks: a light theme in the system's fonts, the style sheet and the script."""

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

_INK = colors.Color(
    name="ink",
    c50="#eef4f3",
    c100="#d8e7e4",
    c200="#b3d0cb",
    c300="#85b2ab",
    c400="#528e86",
    c500="#2f7169",
    c600="#1f5c55",
    c700="#184a45",
    c800="#133a36",
    c900="#0e2b28",
    c950="#081a18",
)


def theme() -> gr.themes.Base:
    """Gradio's own parts in the page's colours; light in the system's dark mode too."""
    made = gr.themes.Base(
        primary_hue=_INK,
        neutral_hue=colors.stone,
        spacing_size=sizes.spacing_sm,
        radius_size=sizes.radius_md,
        text_size=sizes.text_md,
        font=[fonts.Font(name) for name in _SANS],
        font_mono=[fonts.Font(name) for name in _MONO],
    ).set(
        body_background_fill="#f6f4ef",
        body_text_color="#23282d",
        block_background_fill="transparent",
        block_border_width="0px",
        input_background_fill="#ffffff",
        input_border_color="#d9d4c8",
        input_border_color_focus="*primary_500",
    )
    # One face for now: what Gradio would change in the dark stays as in the light.
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
