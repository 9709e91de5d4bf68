"""Real pairs: a photograph and what two generators painted into it; its alpha is the true mask."""

import numpy as np
import pytest
from PIL import Image as Picture

from projects.images.difference import analyse
from projects.images.difference.planes import grown

from .scenes import gamma, iou, jpeg, laid, three_edits

PAINTED = ("inpaint/inpain_model_cat.png", "flux/flux_fill_inpaint_example.png")
DISTURBED = {
    "q60": jpeg,
    "shift": lambda pixels: jpeg(laid(pixels, 3.4, -2.2), 85),
    "scale and rotation": lambda pixels: jpeg(laid(pixels, scale=1.01, degrees=0.3), 85),
    "gamma": lambda pixels: jpeg(gamma(pixels, 1.05), 85),
}


@pytest.fixture
def opened(corpus):
    def read(name):
        with Picture.open(corpus / "images" / "comfyui" / name) as picture:
            picture.load()
            return picture

    return read


@pytest.mark.parametrize("mode", ["RGBA", "RGB"])
@pytest.mark.parametrize("name", PAINTED)
def test_what_a_generator_painted_is_found(opened, name, mode):
    first = opened("inpaint/yosemite_inpaint_example.png")
    true = grown(np.asarray(first.getchannel("A")) < 128, 6)
    found = analyse(first.convert(mode), opened(name))
    size = true.shape[1], true.shape[0]
    mask = np.asarray(Picture.fromarray(found.mask).resize(size))
    assert iou(mask, true) >= 0.85
    assert found.registration.framing == "same"
    assert len(found.regions) <= 5
    assert found.regions[0].share > 0.95 * found.share


@pytest.mark.parametrize("how", DISTURBED)
@pytest.mark.parametrize(
    "name", ["flux/flux_fill_inpaint_example.png", "chroma/fennec_girl_sing.png"]
)
def test_a_disturbed_picture_has_no_false_area_and_shows_its_edits(opened, name, how):
    pixels = np.asarray(opened(name).convert("RGB"))
    assert analyse(*map(Picture.fromarray, (pixels, DISTURBED[how](pixels)))).regions == []
    edited, mask = three_edits(pixels)
    found = analyse(*map(Picture.fromarray, (pixels, DISTURBED[how](edited))))
    assert iou(found.mask, mask) > 0.7
    assert not (found.mask & ~grown(mask, 12)).any()
    if how == "scale and rotation":
        assert found.registration.scale == pytest.approx(1.01, abs=0.0005)
        assert found.registration.rotation == pytest.approx(0.3, abs=0.02)
    if how == "shift":
        moved = found.registration.dx, found.registration.dy
        assert moved == pytest.approx((3.4, -2.2), abs=0.2)


def test_pictures_of_other_things_are_another_framing(opened):
    one = opened("chroma/fennec_girl_sing.png")
    for name in ("flux2/flux2_example.png", "flux/flux_kontext_example.png"):
        assert analyse(one, opened(name)).registration.framing == "different"
