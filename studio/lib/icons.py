"""Icons by our own names, from the Lucide set; and the outlines of the two seal characters."""

from functools import cache

from lucide import _render_icon as lucide_svg

NAMES = {
    "today": "sunrise",
    "pen": "pen-line",
    "film": "clapperboard",
    "clock": "clock",
    "menu": "menu",
    "search": "search",
    "contrast": "contrast",
    "stop": "square",
    "out": "arrow-up-right",
    "right": "arrow-right",
    "left": "arrow-left",
    "up": "chevron-up",
    "down": "chevron-down",
    "plus": "plus",
    "minus": "minus",
    "check": "check",
    "close": "x",
    "history": "history",
    "focus": "focus",
    "list": "list",
    "orbit": "orbit",
    "play": "play",
    "columns": "columns-2",
    "regions": "scan",
    "loupe": "zoom-in",
    "register": "layers-2",
    "more": "ellipsis",
    "key": "key-round",
    "alert": "circle-alert",
    "upload": "upload",
    "download": "download",
    "image": "image",
    "book": "book-open",
    "note": "sticky-note",
    "gear": "settings",
    "undo": "undo-2",
    "trash": "trash-2",
    "tool": "wrench",
    "voice": "audio-lines",
    "swap": "arrow-left-right",
    "keyboard": "keyboard",
    "info": "info",
    "feed": "rss",
    "eye": "eye",
    "grip": "grip-vertical",
    "split": "scissors",
    "pin": "map-pin",
    "box": "square-dashed",
    "stroke": "lasso",
    "lock": "lock",
    "family": "git-fork",
}

# Outlines of Noto Serif CJK Bold (SIL OFL), drawn once, so that a seal needs no font.
SEALS = {
    "suan": (
        "M8.65 10.72H15.51V12.04H8.65ZM8.65 10.2V8.88H15.51V10.2ZM8.65 12.54H15.51V13.87H8.65"
        "ZM13.55 14.76V16.36H10.61L10.74 15.37C11.15 15.33 11.3 15.15 11.37 14.92L8.76 14.63"
        "C8.74 15.28 8.72 15.84 8.63 16.36H3.75L3.9 16.88H8.52"
        "C8.13 18.39 6.99 19.37 3.57 20.18L3.7 20.5C8.79 19.83 10.06 18.68 10.51 16.88H13.55"
        "V20.5H13.91C14.65 20.5 15.55 20.18 15.55 20.03V16.88H19.92"
        "C20.19 16.88 20.39 16.79 20.45 16.59C19.67 15.89 18.43 14.94 18.43 14.94L17.33 16.36"
        "H15.55V15.44C15.96 15.39 16.11 15.22 16.14 14.99C16.77 14.92 17.53 14.63 17.55 14.5"
        "V9.19C17.91 9.12 18.12 8.97 18.23 8.85L16.77 7.75C17.08 7.28 16.95 6.56 15.89 6.11"
        "H19.65C19.91 6.11 20.09 6.02 20.14 5.82C19.42 5.17 18.23 4.27 18.23 4.27L17.19 5.61"
        "H14.43C14.68 5.3 14.92 4.98 15.13 4.63C15.55 4.65 15.76 4.47 15.82 4.27L13.28 3.52"
        "C13.08 4.24 12.83 4.94 12.52 5.59C11.89 5.01 11.06 4.33 11.06 4.33L10.13 5.61H7.64"
        "C7.82 5.34 7.98 5.05 8.15 4.74C8.56 4.78 8.79 4.63 8.87 4.4L6.31 3.5"
        "C5.75 5.66 4.69 7.64 3.55 8.88L3.75 9.05C5.08 8.4 6.31 7.44 7.3 6.11H8.11"
        "C8.38 6.62 8.6 7.3 8.6 7.88C9.8 8.97 11.37 7.12 9.3 6.11H12.29"
        "C11.95 6.78 11.59 7.39 11.21 7.86L11.42 8.02C12.31 7.59 13.21 6.96 14 6.11H14.52"
        "C14.83 6.6 15.12 7.28 15.17 7.91C15.3 8.02 15.44 8.09 15.57 8.13L15.33 8.38H8.78"
        "L6.63 7.52V15.3H6.94C7.79 15.3 8.65 14.85 8.65 14.65V14.38H15.51V14.92Z"
    ),
    "ding": (
        "M10.43 3.57 10.3 3.68C10.98 4.26 11.49 5.3 11.51 6.23"
        "C13.63 7.78 15.7 3.63 10.43 3.57ZM16.47 8.29 15.37 9.62H5.96L6.11 10.14H10.95V17.46"
        "C9.78 17.08 8.9 16.43 8.21 15.39C8.57 14.55 8.81 13.68 8.99 12.82"
        "C9.42 12.8 9.62 12.66 9.67 12.39L6.86 11.9C6.68 14.62 5.86 18.02 3.5 20.25"
        "L3.66 20.43C5.8 19.29 7.13 17.69 7.96 15.95C9.31 19.24 11.6 20.03 15.77 20.03"
        "C16.61 20.03 18.58 20.03 19.38 20.03C19.4 19.15 19.76 18.36 20.5 18.18V17.96"
        "C19.33 17.98 16.9 17.98 15.88 17.98C14.83 17.98 13.9 17.95 13.07 17.87V14.02H17.95"
        "C18.22 14.02 18.4 13.93 18.45 13.74C17.71 13.05 16.47 12.1 16.47 12.1L15.37 13.52"
        "H13.07V10.14H18C18.25 10.14 18.45 10.05 18.5 9.85L17.55 9.08"
        "C18.32 8.66 19.24 8.03 19.78 7.53C20.16 7.49 20.34 7.48 20.48 7.31L18.52 5.46"
        "L17.41 6.59H6.41C6.34 6.25 6.23 5.91 6.09 5.53H5.86C5.91 6.38 5.14 7.17 4.51 7.48"
        "C3.88 7.76 3.43 8.34 3.63 9.09C3.9 9.89 4.9 10.12 5.53 9.72"
        "C6.18 9.33 6.63 8.41 6.49 7.1H17.53C17.44 7.64 17.32 8.3 17.21 8.82Z"
    ),
}


@cache
def icon_svg(name: str, classes: str) -> str:
    """The icon as inline SVG, hidden from screen readers: icons only ever support words."""
    classes += " solid" if name == "stop" else ""
    svg = lucide_svg(NAMES[name], None, **{"class": classes, "aria-hidden": "true"})
    for given in ("width", "height"):
        svg = svg.replace(f' {given}="24"', "", 1)
    return svg
