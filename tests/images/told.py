"""Pictures that tell how they were made, written as the tools write them."""

import gzip
import json
import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image as Picture
from PIL.PngImagePlugin import PngInfo

INFOTEXT = (
    "salt plain at first light, <lora:dawn_v2:0.8> 地平线上的晶格\n"
    "Negative prompt: people, text\n"
    "Steps: 28, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 48213, "
    'Size: 1216x512, Model hash: abc, Model: epic, Hires prompt: "a, b: c", Version: v1.10.1'
)


def plain(mode: str = "RGB", size: tuple[int, int] = (4, 3)) -> Picture.Image:
    return Picture.new(mode, size, (40, 50, 60, 255)[: len(mode)])


def png(packed: bool = False, **texts: str) -> bytes:
    """A PNG with text chunks: `packed` ones are compressed."""
    info = PngInfo()
    for key, value in texts.items():
        info.add_text(key.replace("__", "-"), value, zip=packed)
    out = BytesIO()
    plain().save(out, "PNG", pnginfo=info)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_with(*chunks: bytes) -> bytes:
    """A PNG with these chunks behind its pixels."""
    whole = png()
    return whole[:-12] + b"".join(chunks) + whole[-12:]


def with_exif(format: str, tags: dict[int, str] | None = None, comment: bytes = b"") -> bytes:
    exif = Picture.Exif()
    exif[0x0131] = "hand"  # Pillow takes a block without any tag of its own for none
    for tag, value in (tags or {}).items():
        exif[tag] = value
    if comment:
        exif.get_ifd(0x8769)[0x9286] = comment
    out = BytesIO()
    plain().save(out, format, exif=exif)
    return out.getvalue()


def with_xmp(format: str, packet: str) -> bytes:
    out = BytesIO()
    options: dict[str, Any] = {"xmp": packet.encode()}
    if format == "TIFF":
        options = {"tiffinfo": {700: packet.encode()}}
    if format == "PNG":
        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet)
        options = {"pnginfo": info}
    plain().save(out, format, **options)
    return out.getvalue()


def stealth(words: str, *, packed: bool = True, colours: bool = False) -> Picture.Image:
    """A picture with `words` in the lowest bits of its alpha, or of its colours."""
    body = gzip.compress(words.encode()) if packed else words.encode()
    magic = f"stealth_{'rgb' if colours else 'png'}{'comp' if packed else 'info'}".encode()
    whole = magic + struct.pack(">I", len(body) * 8) + body
    bits = [byte >> place & 1 for byte in whole for place in range(7, -1, -1)]
    picture = plain("RGB" if colours else "RGBA", (61, 67))
    pixels: Any = picture.load()
    per = 3 if colours else 1
    for at in range(0, len(bits), per):
        x, y = divmod(at // per, picture.height)
        some = bits[at : at + per]
        old = list(pixels[x, y])
        start = 0 if colours else 3
        for number, bit in enumerate(some):
            old[start + number] = old[start + number] & 254 | bit
        pixels[x, y] = tuple(old)
    return picture


def node(kind: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs}


def graph(**changes: Any) -> dict[str, Any]:
    """A plain ComfyUI graph, with some of its nodes changed or added."""
    nodes = {
        "ckpt": node("CheckpointLoaderSimple", ckpt_name="epic\\sd_xl.safetensors"),
        "yes": node("CLIPTextEncode", text="salt plain, 晶格", clip=["ckpt", 1]),
        "no": node("CLIPTextEncode", text="people", clip=["ckpt", 1]),
        "space": node("EmptyLatentImage", width=1216, height=512, batch_size=1),
        "sampler": node(
            "KSampler",
            seed=48213,
            steps=28,
            cfg=6.5,
            denoise=1.0,
            sampler_name="dpmpp_2m",
            scheduler="karras",
            model=["ckpt", 0],
            positive=["yes", 0],
            negative=["no", 0],
            latent_image=["space", 0],
        ),
        "decode": node("VAEDecode", samples=["sampler", 0], vae=["ckpt", 2]),
        "save": node("SaveImage", images=["decode", 0], filename_prefix="x"),
    }
    return nodes | changes


def comfy(**changes: Any) -> bytes:
    return png(prompt=json.dumps(graph(**changes)))
