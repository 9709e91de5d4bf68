"""Files as they come: name, the picture it is of, and the place of the version in its order.

Real habits of naming, in English and Chinese, and of the programs pictures come from; and false
friends, names that look like versions of one picture and are not. `CASES` are those the weights of
`projects.images.weighing` were set on; `HELD_OUT` are others. Files of one picture stand in the
order of their versions; `scene` paints what is seen.
"""

from random import Random
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageEnhance


class Case(NamedTuple):
    name: str
    picture: str
    order: int = 1
    parents: tuple[str, ...] = ()
    number: int | None = None  # the version's number that its name says


def row(picture: str, *names: str | tuple[str, int]) -> list[Case]:
    """The files of one picture in order; with a number where the name says one."""
    cases = []
    for order, each in enumerate(names, 1):
        name, number = each if isinstance(each, tuple) else (each, None)
        cases.append(Case(name, picture, order, number=number))
    return cases


UUID = "1b2c3d4e-5f60-4a7b-8c9d-0e1f2a3b4c5d"
OTHER = "9f8e7d6c-5b4a-4321-8765-43210fedcba9"

CASES = [
    *row("lattice", "lattice.png", ("lattice_v2.png", 2), ("lattice_v3.png", 3)),
    *row("harbour", ("harbour_01.png", 1), ("harbour_02.png", 2), ("harbour_03.png", 3)),
    *row("tower", "tower.png", "tower (2).png", "tower copy.png", "tower_final2.png"),
    *row("dawn", "晨光.png", ("晨光_v3b.png", 3), ("晨光第4版.png", 4), ("晨光改5.png", 5)),
    *row("dawn", "晨光_定稿.psd", "晨光_定稿 副本.psd"),
    *row("salt", ("盐原第三稿.png", 3), "盐原终稿.png", "盐原最终版2.png"),
    *row("gate", "gate.psd", "gate-Edit.tif", "gate_upscaled_4x.png"),
    *row("ship", "ship_draft.png", ("ship rev4.png", 4), "ship~2.png", ("ship v10.png", 10)),
    *row(
        "mj", f"lin_a_vast_plain_--ar_219_{UUID}_0.png", f"lin_a_vast_plain_--ar_219_{UUID}_2.png"
    ),
    *row("mj2", f"lin_a_vast_plain_--ar_219_{OTHER}_1.png"),
    *row("comfy a", "ComfyUI_00012_.png", "ComfyUI_00019_.png"),
    *row("comfy b", "ComfyUI_00013_.png"),
    *row("prefix", "orbit_00001_.png", "orbit_00002_.png"),
    *row("firefly a", "Firefly A salt plain at dawn 48213.jpg"),
    *row("firefly b", "Firefly A salt plain at dawn 90210.jpg"),
    *row("phone a", "IMG_0412.JPG", "IMG_E0412.JPG"),
    *row("phone b", "IMG_0413.JPG"),
    *row("shot 7", ("shot_07_v1.png", 1), ("shot_07_v2.png", 2)),
    *row("shot 8", ("shot_08_v1.png", 1)),
    *row("镜头 7", "镜头07.png", "镜头07副本.png"),
    *row("镜头 8", "镜头08.png"),
    *row("film", "Blade Runner.png"),
    *row("other film", "Blade Runner 2049.png"),
    *row("apollo 11", "Apollo 11.png"),
    *row("apollo 13", "Apollo 13.png"),
    *row("T-800", "T-800.png"),
    *row("T-1000", "T-1000.png"),
    *row("photo", "photo.png"),
    *row("photocopy", "photocopy.png"),
    *row("final", "finale.png"),
    *row("screen a", "Screenshot 2026-11-28 at 13.22.10.png"),
    *row("screen b", "Screenshot 2026-11-28 at 13.22.45.png"),
    *row("untitled a", "未标题-1.psd"),
    *row("untitled b", "未标题-2.psd"),
    Case("boat_source.png", "boat"),
    Case("inpainted by hand.png", "boat", 2, ("boat_source.png",)),
    Case("style_reference.png", "style"),
    Case("made in the style.png", "styled", 1, ("style_reference.png",)),
]
HELD_OUT = [
    *row("wall", "The Wall v1.png", ("The_Wall_v2.png", 2), ("the wall V07.png", 7)),
    *row("comet", "comet - Copy.png", "comet - Copy (3).png", "comet_recovered.psd"),
    *row(
        "moon", "月面.png", "月面 副本2.png", ("月面二改.png", 2), "月面完成稿.png", "月面_备份.psd"
    ),
    *row("sea", ("sea version 1.webp", 1), ("sea version 2.webp", 2), "sea-hires.png"),
    *row("ring", "ring_edited.png", "ring final FINAL.png", "ring_inpaint_2.png"),
    *row("scene 1", ("场1_v2.png", 2), ("场1_v3.png", 3)),
    *row("scene 2", ("场2_v2.png", 2)),
    *row("panel 3", "panel 3.png"),
    *row("panel 4", "panel 4.png"),
    *row("pasted a", "pasted 2026-11-28 10.00.01.png"),
    *row("pasted b", "pasted 2026-11-28 10.00.07.png"),
    *row("wechat a", "微信图片_20261128132210.jpg"),
    *row("wechat b", "微信图片_20261128132544.jpg"),
    *row("area 51", "Area 51.png"),
    *row("area 52", "Area 52.png"),
    *row("year a", "2046.png"),
    *row("year b", "2047.png"),
    *row("pixel a", "PXL_20261128_101530123.jpg", "PXL_20261128_101530123~2.jpg"),
    *row("pixel b", "PXL_20261128_101544901.jpg"),
    *row("chat a", "ChatGPT Image Nov 28, 2026, 01_22_10 PM.png"),
    *row("chat b", "ChatGPT Image Nov 28, 2026, 01_29_54 PM.png"),
    *row("download a", "download.png"),
    *row("download b", "download (1).png"),
    *row("episode 1", "第1集.png"),
    *row("episode 2", "第2集.png"),
    *row("same", "plain.png", "plain.webp"),
]
# Names of marks alone: in a folder all of them are one picture, dropped they are not.
MARKS_ALONE = [
    *row("end a", "final.png"),
    *row("end b", "final2.png", "final2 copy.png", "final2 copy 2.png"),
    *row("end c", "定稿.png", "定稿 副本.png"),
]


def scene(picture: str, order: int, size: tuple[int, int] = (384, 160)) -> Image.Image:
    """Broad tones, some hills and lights; later versions are retouched and regraded."""
    chance = Random(picture)
    drawn = Image.new("RGB", (8, 4))
    for channel in range(8 * 4):
        drawn.putpixel((channel % 8, channel // 8), tuple(chance.randrange(256) for _ in range(3)))
    drawn = drawn.resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(drawn)
    for _ in range(7):
        left, top = chance.randrange(size[0]), chance.randrange(size[1])
        wide, high = chance.randrange(20, 140), chance.randrange(15, 80)
        tone = tuple(chance.randrange(256) for _ in range(3))
        draw.ellipse((left, top, left + wide, top + high), fill=tone)
    hand = Random(f"{picture} {order}")
    for _ in range(3 * (order - 1)):  # spots that were healed, a light that was added
        left, top = hand.randrange(size[0]), hand.randrange(size[1])
        draw.ellipse((left, top, left + 22, top + 16), fill=(hand.randrange(256),) * 3)
    if order % 2 == 0:
        drawn = ImageEnhance.Brightness(drawn).enhance(1.12)
        drawn = ImageChops.offset(drawn, 2, 1)
    return drawn
