"""Text hidden in the lowest bits of a picture's alpha or colours, which survives a stripped header.

Written by the "stealth pnginfo" extension of the web UI (ashen-sensored, 2023) and by NovelAI: bits
column by column, a magic word, a length in bits (32, big end first), then the text, packed with
gzip where the magic word ends in "comp".
"""

from PIL import Image

from .containers import MOST_TEXT, inflated, words_of

MAGIC = {
    "RGBA": {b"stealth_pnginfo": False, b"stealth_pngcomp": True},
    "RGB": {b"stealth_rgbinfo": False, b"stealth_rgbcomp": True},
}
HEAD = 15 + 4  # bytes of the magic word and the length
_LOWEST = bytes(48 + (value & 1) for value in range(256))  # a byte -> its lowest bit as a digit


def read(pixels: Image.Image) -> str:
    """The hidden text of a decoded picture, or nothing."""
    bands = [("RGBA", ("A",)), ("RGB", ("R", "G", "B"))]
    for name, letters in bands:
        if pixels.mode not in {"RGBA", "RGB"} or not set(letters) <= set(pixels.getbands()):
            continue
        head = _bytes(pixels, letters, HEAD)
        packed = MAGIC[name].get(head[:15])
        size = int.from_bytes(head[15:], "big") // 8
        if packed is None or not 0 < size <= min(MOST_TEXT, pixels.width * pixels.height):
            continue
        body = _bytes(pixels, letters, HEAD + size)[HEAD:]
        return words_of(inflated(body, gzip=True) if packed else body)
    return ""


def _bytes(pixels: Image.Image, letters: tuple[str, ...], size: int) -> bytes:
    """The first `size` bytes of the lowest bits of some bands; fewer if there are no more."""
    columns = min(pixels.width, -(-size * 8 // (pixels.height * len(letters))))
    strip = pixels.crop((0, 0, columns, pixels.height))
    strip = strip.getchannel("A") if letters == ("A",) else strip.convert("RGB")
    bits = strip.transpose(Image.Transpose.TRANSPOSE).tobytes().translate(_LOWEST)[: size * 8]
    return int(bits or b"0", 2).to_bytes(-(-len(bits) // 8), "big")
