"""What changed in the making from one version to the next."""

from projects.images.provenance import Change, Recipe, changes


def recipe(tool="ComfyUI", **said):
    return Recipe.of(tool, **({"seed": 1, "model": "sd.st", "width": 512, "height": 256} | said))


def test_nothing_changed():
    assert changes(recipe(prompt="sky"), recipe(prompt="sea")) == []


def test_numbers_names_sizes_loras_and_the_tools_own_words():
    old = recipe(cfg=6.5, loras=[("a", 0.5), ("b", 1)], extras={"Denoise": 0.4, "Job": "1"})
    new = recipe(seed=0, steps=20, width=1024, loras=[("a", 0.7), ("c", None)], extras={"Job": "2"})
    assert changes(old, new) == [
        Change("seed", "1", "0"),
        Change("steps", "", "20"),
        Change("cfg", "6.5", ""),
        Change("size", "512 × 256", "1024 × 256"),
        Change("lora", "a 0.5", "a 0.7"),
        Change("lora", "b 1", ""),
        Change("lora", "", "c"),
        Change("Denoise", "0.4", ""),
    ]


def test_of_two_tools_only_what_both_tell_is_compared():
    old = recipe(tool_version="0.3", cfg=6, sampler="euler")
    new = recipe("Forge", tool_version="f2", sampler="Euler a", steps=3, loras=[("a", 1)])
    assert changes(old, new) == [
        Change("tool", "ComfyUI", "Forge"),
        Change("sampler", "euler", "Euler a"),
        Change("lora", "", "a 1"),
    ]
