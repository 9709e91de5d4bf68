"""What changed between two versions, against odiff and against true masks.

The first pair is 8K: a made landscape, and the same after an evening in an editor: 40 healed spots
of 28 pixels, 12 clone stamps and a regrade of a part. The first answer is what a request does: it
reads what ingest kept and finds the areas; odiff decodes both files and writes its picture. Both
take turns. The whole answer is what the worker does for a pair of 4K, moved and compressed; cold,
both files are decoded for it. Where the corpus is, real pairs with a true mask are measured too;
odiff's metric there is that of pixelmatch (YIQ, threshold 0.1).
odiff (its program for Linux on x86-64) comes from npm by bench/odiff/package-lock.json.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from bench.pictures import HEIGHT, WIDTH, landscape
from bench.report import figure, heading, held, middle
from bench.studio import HERE
from projects.images import child, proxy
from projects.images.difference import Copy, analyse_copies, look, of_proxy
from projects.images.difference.exact import touched_cells
from projects.images.difference.planes import grown
from tests.images.scenes import blob, iou, laid, regraded, retouched, three_edits

ROUNDS = 7
SHARE, SECONDS, MANY = 1 / 50, 4.0, 0.1
CORPUS = HERE.parent / "shared" / "corpus" / "images" / "comfyui"
PAINTED = ("inpaint/inpain_model_cat.png", "flux/flux_fill_inpaint_example.png")
Pixels = np.ndarray


def run(home: Path) -> None:
    odiff = peer(home)
    whole = landscape()
    first_answers(home, odiff, whole)
    whole_answers(home, whole[: HEIGHT // 2, : WIDTH // 2])
    if CORPUS.is_dir():
        true_masks(home, odiff)


def peer(home: Path) -> Path:
    """The peer's program."""
    folder = home / "odiff"
    shutil.copytree(HERE / "bench" / "odiff", folder)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--silent"], cwd=folder, check=True)
    program = next(folder.glob("node_modules/@odiff/*/odiff"))
    program.chmod(0o755)
    return program


def saved(home: Path, name: str, pixels: Pixels) -> Path:
    path = home / name
    Image.fromarray(pixels).save(path, compress_level=3)
    return path


def kept(path: Path) -> proxy.Proxy:
    """What ingest keeps of the file."""
    folder = path.with_suffix("")
    folder.mkdir(exist_ok=True)
    made = next(each for each in child.make(path, folder, {"proxy"}) if "made" in each)
    place = folder / "proxy.bin"
    return proxy.read(place, (made["width"], made["height"]), made["index"])


def again(path: Path, of: proxy.Proxy) -> Copy:
    """The same as a request reads it."""
    index = {"mode": of.mode, "size": of.size, "lying": of.lying}
    return of_proxy(proxy.read(path.with_suffix("") / "proxy.bin", of.shape, index))


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def processor(work: Callable[[], object]) -> float:
    """Seconds of processor of this process and of those it waited for."""
    before = os.times()
    work()
    return sum(os.times()[:4]) - sum(before[:4])


def differ(odiff: Path, one: Path, other: Path, out: Path) -> None:
    """Run the peer; it ends with 21 or 22 where there is a difference."""
    command = [odiff, one, other, out, "--diff-mask"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in {0, 21, 22}:
        raise RuntimeError(f"odiff ended with {done.returncode}")


def marked(out: Path, shape: tuple[int, ...]) -> np.ndarray:
    """What the peer marked; it writes nothing where it sees nothing."""
    if not out.exists():
        return np.zeros(shape[:2], bool)
    with Image.open(out) as picture:
        return np.asarray(picture.convert("RGBA"))[..., 3] > 0


def first_answers(home: Path, odiff: Path, whole: Pixels) -> None:
    heading(f"the first answer, two states of {WIDTH} x {HEIGHT}")
    edited, masks = retouched(whole)
    tones = blob(whole.shape, 3)
    edited = regraded(edited, tones)
    masks.append(tones)
    one, other = saved(home, "v1.png", whole), saved(home, "v2.png", edited)
    a, b = kept(one), kept(other)
    out = home / "odiff.png"
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: look(again(one, a), again(other, b))))
        theirs.append(timed(lambda: differ(odiff, one, other, out)))
    figure("odiff with its picture", f"{1000 * min(theirs):.0f} ms")
    figure("the first answer", f"{1000 * min(ours):.1f} ms")
    # The quickest of each: what a busy machine adds to 30 ms says nothing of the work.
    held("first answer / odiff", min(ours) / min(theirs), SHARE, "{:.4f}")
    many = processor(lambda: [look(again(one, a), again(other, b)) for _ in range(20)])
    peers_spent = processor(lambda: differ(odiff, one, other, out))
    held("the same in processor time", many / 20 / peers_spent, SHARE, "{:.4f}")
    found = look(of_proxy(a), of_proxy(b))
    if found is None:
        raise RuntimeError("there was no first answer")
    seen = np.asarray(Image.fromarray(found.mask).resize((WIDTH, HEIGHT), Image.Resampling.NEAREST))
    true = np.any(masks, axis=0)
    peers = marked(out, whole.shape)
    held("known edits it misses", len(masks) - hits(seen, masks), 0, "{:.0f}")
    figure("found, of all", f"{hits(seen, masks)} of {len(masks)}")
    figure("found by odiff", f"{hits(peers, masks)} of {len(masks)}")
    held("marked beside them, of the frame", float((seen & ~true).mean()), 0.02, "{:.4f}")
    pairs_of_ten(of_proxy(a))


def hits(seen: np.ndarray, masks: list[np.ndarray]) -> int:
    return sum(bool(seen[mask].any()) for mask in masks)


def pairs_of_ten(copy: Copy) -> None:
    """Which cells were changed in each of the 45 pairs of ten versions."""
    chance = np.random.default_rng(3)
    ten = []
    for _ in range(10):
        sums = bytearray(copy.sums)
        start = 4 * int(chance.integers(0, len(sums) // 4 - 40))
        sums[start : start + 160] = chance.bytes(160)
        ten.append(Copy(copy.colours, None, copy.size, bytes(sums), copy.lying))
    pairs = [(one, other) for at, one in enumerate(ten) for other in ten[at + 1 :]]
    cells = [timed(lambda: [touched_cells(*pair) for pair in pairs]) for _ in range(ROUNDS)]
    areas = [timed(lambda: [look(*pair) for pair in pairs]) for _ in range(ROUNDS)]
    held("changed cells of all 45 pairs of ten, s", middle(cells), MANY, "{:.4f}")
    figure("their areas, all 45", f"{1000 * middle(areas):.0f} ms")


def whole_answers(home: Path, pixels: Pixels) -> None:
    height, width = pixels.shape[:2]
    heading(f"the whole answer, {width} x {height} moved and compressed")
    edited, mask = three_edits(pixels)
    one, other = saved(home, "w1.png", pixels), home / "w2.jpg"
    Image.fromarray(laid(edited, 9.0, -6.0)).save(other, quality=88)
    a, b = kept(one), kept(other)
    spent = time.process_time()
    walls = [timed(lambda: analyse_copies(of_proxy(a), of_proxy(b))) for _ in range(3)]
    each = (time.process_time() - spent) / len(walls)
    held("by the worker, s of wall", middle(walls), SECONDS)
    figure("the same in processor time", f"{each:.2f} s")
    cold = timed(lambda: analyse_copies(of_proxy(kept(one)), of_proxy(kept(other))))
    figure("with both files decoded for it", f"{cold:.2f} s")
    found = analyse_copies(of_proxy(a), of_proxy(b))
    size = found.mask.shape[1], found.mask.shape[0]
    true = np.asarray(Image.fromarray(mask).resize(size, Image.Resampling.NEAREST))
    figure("areas, and IoU with the edits", f"{len(found.regions)}, {iou(found.mask, true):.3f}")


def true_masks(home: Path, odiff: Path) -> None:
    heading("real pairs with a true mask (grown by 6 pixels): IoU")
    with Image.open(CORPUS / "inpaint" / "yosemite_inpaint_example.png") as picture:
        picture.load()
        first = picture
    for name in PAINTED:
        with Image.open(CORPUS / name) as picture:
            second = picture.convert("RGB")
        true = grown(np.asarray(first.getchannel("A")) < 128, 6)
        size = second.size
        ours = analyse_copies(*(of_proxy(kept(each)) for each in files(home, first, second)))
        mask = np.asarray(Image.fromarray(ours.mask).resize((true.shape[1], true.shape[0])))
        held(f"{Path(name).stem}, missed", 1 - float(iou(mask, true)), 0.15, "{:.3f}")
        box = (0, 0, *size)
        one, other = files(home, first.convert("RGB").crop(box), second)
        out = home / "real.png"
        out.unlink(missing_ok=True)
        differ(odiff, one, other, out)
        peers = marked(out, (size[1], size[0]))
        figure("ours, odiff", f"{iou(mask, true):.3f}, {iou(peers, true[: size[1]]):.3f}")


def files(home: Path, one: Image.Image, other: Image.Image) -> tuple[Path, Path]:
    paths = home / "one.png", home / "other.png"
    for path, picture in zip(paths, (one, other), strict=True):
        picture.save(path, compress_level=3)
    return paths
