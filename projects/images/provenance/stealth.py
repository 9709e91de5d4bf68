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
        part = pixels.getchannel("A") if name == "RGBA" else pixels
        head = _bytes(part, HEAD)
        packed = MAGIC[name].get(head[:15])
        size = int.from_bytes(head[15:], "big") // 8
        if packed is None or not 0 < size <= min(MOST_TEXT, pixels.width * pixels.height):
            continue
        body = _bytes(part, HEAD + size)[HEAD:]
        return words_of(inflated(body, gzip=True) if packed else body)
    return ""


def _bytes(part: Image.Image, size: int) -> bytes:
    """The first `size` bytes of the bits of a channel, or of three; fewer if it is too small."""
    colours = 3 if part.mode in {"RGB", "RGBA"} else 1
    columns = min(part.width, -(-size * 8 // (part.height * colours)))
    strip = part.crop((0, 0, columns, part.height))
    if strip.mode == "RGBA":
        strip = strip.convert("RGB")
    bits = strip.transpose(Image.Transpose.TRANSPOSE).tobytes().translate(_LOWEST)[: size * 8]
    return int(bits or b"0", 2).to_bytes(-(-len(bits) // 8), "big")
