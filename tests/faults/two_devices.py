"""Two devices and the studio in one process, in every order that hypothesis can think of.

Whatever text the studio ever said it has, and whatever text was ever a scene's own, must be among
the scene's revisions; whatever a device journalled and dropped again, too. Answers are lost,
requests come twice, late and out of order; pages die and come back from their journals.
"""

import json
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from projects.writing.models import Scene
from tests.faults.device import Answer, Device, Lost
from tests.writing import make

# Few pieces and few places, so that two devices often meet in the same words.
PIECES = ("It remembered.", "她数到一。", "\n", "Again.", "　　", "\r\n", "e\u0301")
FATES = ("heard", "heard", "heard", "refused", "unheard", "doubled", "again", "late")
STEPS = 50  # at most, for one scene

devices = st.integers(0, 1)
fates = st.sampled_from(FATES)
places = st.integers(0, 6)


class Walk(NamedTuple):
    """How far it went and what was missing."""

    steps: int
    unreachable: int
    conflicts: int


class TwoDevices(RuleBasedStateMachine):
    """One scene, a laptop, a phone, and a network with a will of its own."""

    client: ClassVar[Client]
    steps: ClassVar[int] = 0
    unreachable: ClassVar[int] = 0
    conflicts: ClassVar[int] = 0

    @initialize()
    def open(self) -> None:
        """A scene with a few words, open on both."""
        self.scene = make.scene("It remembered.\n她数到一。")
        self.address = f"/scenes/{self.scene.pk}/edit/"
        self.fate = "heard"
        self.held: list[dict[str, Any]] = []
        self.keys = 0
        self.promised: set[str] = set()
        self.known: dict[int, str] = {}
        self.pair = [Device(name, self.put, self.get, self.new_key) for name in ("laptop", "phone")]
        for device in self.pair:
            device.open()

    # --- the line ---------------------------------------------------------------------------------
    def new_key(self) -> UUID:
        self.keys += 1
        return UUID(int=self.scene.pk << 32 | self.keys)

    def get(self) -> Answer:
        answer = self.client.get(self.address, headers={"accept": "application/json"})
        return answer.status_code, answer.json()

    def put(self, save: dict[str, Any]) -> Answer:
        """Send a save, as fate will have it; fate is kind again afterwards."""
        fate, self.fate = self.fate, "heard"
        if fate in ("late", "again"):
            self.held.append(save)
        if fate in ("refused", "late"):
            raise Lost
        answer = self.deliver(save)
        if fate == "doubled":
            answer = self.deliver(save)
        if fate == "unheard":
            raise Lost
        return answer

    def deliver(self, save: dict[str, Any]) -> Answer:
        """The studio has it; what it answers is a promise, heard or not."""
        answer = self.client.put(self.address, json.dumps(save), content_type="application/json")
        assert answer.status_code in (200, 409), answer.content
        self.promised.add(lines(save["text"]))
        return answer.status_code, answer.json()

    # --- what people do ---------------------------------------------------------------------------
    @rule(at=devices, piece=st.sampled_from(PIECES), place=places, cut=places)
    def type(self, at: int, piece: str, place: int, cut: int) -> None:
        """A piece goes in, and as many pieces after it as `cut` says go out."""
        device = self.pair[at]
        # A textarea knows no line end but LF; a form and an older client may send others.
        pieces = device.text.splitlines(keepends=True)
        device.type("".join([*pieces[:place], piece, *pieces[place + cut // 3 :]]))

    @rule(at=devices, other=st.integers(1, 8))
    def type_back(self, at: int, other: int) -> None:
        """All of it becomes what it once was."""
        if other in self.known:
            self.pair[at].type(self.known[other])

    @rule(at=devices)
    def pause(self, at: int) -> None:
        """The journal is written."""
        self.pair[at].keep()

    @rule(at=devices, fate=fates)
    def save(self, at: int, fate: str) -> None:
        self.fate = fate
        self.pair[at].save()

    @rule(at=devices, fate=fates)
    def name(self, at: int, fate: str) -> None:
        self.fate = fate
        self.pair[at].save(name=f"第{self.keys}稿")

    @rule(at=devices)
    def look_again(self, at: int) -> None:
        self.pair[at].refresh()

    @rule(at=devices)
    def die(self, at: int) -> None:
        """The page is gone, and with it what the journal does not hold; a new one opens."""
        self.pair[at].open()

    @precondition(lambda self: any(device.theirs for device in self.pair))
    @rule(at=devices, mine=st.booleans(), fate=fates)
    def decide(self, at: int, mine: bool, fate: str) -> None:
        device = self.pair[at]
        if device.theirs:
            self.fate = fate
            if mine:
                device.keep_mine()
            else:
                device.keep()  # as the editor does all the while
                device.take_theirs()

    @precondition(lambda self: self.held)
    @rule(which=places)
    def come_late(self, which: int) -> None:
        """A request that was under way all the time arrives."""
        self.deliver(self.held.pop(which % len(self.held)))

    @rule(at=devices, which=places)
    def restore(self, at: int, which: int) -> None:
        """An earlier revision comes back; the editor first sees to it that nothing is unsent."""
        device = self.pair[at]
        if device.unsent or device.theirs or not self.known:
            return
        number = sorted(self.known)[which % len(self.known)]
        self.client.post(f"/scenes/{self.scene.pk}/revisions/{number}/restore/")
        device.open()

    @rule()
    def settle(self) -> None:
        self.client.post(f"/scenes/{self.scene.pk}/revisions/settle/")

    @rule(at=devices, piece=st.sampled_from(PIECES))
    def save_without_script(self, at: int, piece: str) -> None:
        """The form, from a page that is as old as the device's."""
        text = f"{self.pair[at].acked or ''}{piece}"
        sent = {"text": text, "base": self.pair[at].base, "key": str(self.new_key())}
        answer = self.client.post(self.address, sent)
        assert answer.status_code in (200, 302, 409)
        self.promised.add(lines(text))

    # --- what must hold ---------------------------------------------------------------------------
    @invariant()
    def nothing_is_lost(self) -> None:
        """After every step."""
        if not hasattr(self, "pair"):
            return
        type(self).steps += 1
        scene = Scene.objects.get(pk=self.scene.pk)
        newer = scene.revisions.filter(number__gt=max(self.known, default=0))
        self.known.update((revision.number, revision.text) for revision in newer)
        self.promised.add(scene.text)
        assert self.known[scene.head] == scene.text
        self.must_have(self.promised, set(self.known.values()))

    def must_have(self, promised: set[str], texts: set[str]) -> None:
        """All of `promised` are in `texts`, and what a journal no longer holds is too."""
        missing = promised - texts
        for device in self.pair:
            if not device.journal and lines(device.kept) not in texts:
                missing.add(device.kept)
        type(self).unreachable += len(missing)
        assert not missing

    def teardown(self) -> None:
        """At the end all is read anew: nothing may have been taken away either."""
        if hasattr(self, "pair"):
            rows = list(self.scene.revisions.all())
            type(self).conflicts += sum(row.kind == "conflict" for row in rows)
            self.must_have(self.promised, {row.text for row in rows})


def lines(text: str) -> str:
    """The text as it is stored: line ends are LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def walk(steps: int, owner: Any, *, random: bool = False) -> Walk:
    """At least so many steps; the same ones each time, or others. AssertionError at a lost text."""
    TwoDevices.client = Client(headers={"host": "127.0.0.1"})
    TwoDevices.client.force_login(owner)
    TwoDevices.steps = TwoDevices.unreachable = TwoDevices.conflicts = 0
    scenes = max(steps // STEPS, 1)
    while TwoDevices.steps < steps:
        run_state_machine_as_test(TwoDevices, settings=rules(scenes, derandomize=not random))
        scenes = max((steps - TwoDevices.steps) // STEPS, 5)
    return Walk(TwoDevices.steps, TwoDevices.unreachable, TwoDevices.conflicts)


def rules(scenes: int, derandomize: bool) -> settings:
    """So many scenes, each walked to its end; a slow machine is slow, not wrong."""
    return settings(
        max_examples=scenes,
        stateful_step_count=STEPS,
        derandomize=derandomize,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
