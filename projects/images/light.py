"""Pixels that count light, as those a screen is given."""

from typing import Any

from PIL import Image

ROWS = 256  # at once: the steps between take several times what they begin with


def light_as_sight(light: Any) -> Image.Image:
    """Linear light, 1 being white, as 8 bits of sRGB (IEC 61966-2-1); what is brighter is white.

    `light` is a picture of mode F or an array (height, width) or (height, width, 3) of floats.
    """
    import numpy as np  # here alone: few pictures need it, and every reading would load it

    if isinstance(light, Image.Image):
        sight = Image.new("L", light.size)
        for top in range(0, light.height, ROWS):
            box = (0, top, light.width, min(top + ROWS, light.height))
            sight.paste(Image.fromarray(_encoded(np.asarray(light.crop(box)))), box)
        return sight
    whole = np.empty(light.shape, np.uint8)
    for top in range(0, len(light), ROWS):
        whole[top : top + ROWS] = _encoded(light[top : top + ROWS])
    return Image.fromarray(whole)


def _encoded(light: Any) -> Any:
    import numpy as np

    floats = np.nan_to_num(np.asarray(light, np.float32), nan=0.0, posinf=1.0, neginf=0.0)
    clear = floats.clip(0, 1)
    curved = np.where(clear <= 0.0031308, clear * 12.92, 1.055 * clear ** (1 / 2.4) - 0.055)
    return np.rint(curved * 255).astype(np.uint8)
