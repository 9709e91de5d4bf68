"""Content Credentials: seen without a package, read with the extra, never fetched nor trusted."""

import datetime
import json
from io import BytesIO

import pytest
from PIL import Image as Picture

from projects.images import credentials, extras
from projects.images.extras import is_here
from projects.images.models import Derivation, Version
from projects.images.provenance import READERS

from . import make, told
from .test_ingest import add

needs_c2pa = pytest.mark.skipif(not is_here("c2pa"), reason="the extra “c2pa” is not installed")

STORE = {
    "active_manifest": "urn:c2pa:2",
    "manifests": {
        "urn:c2pa:2": {
            "claim_generator_info": [{"name": "Adobe Firefly", "version": "3.1"}],
            "instance_id": "xmp:iid:two",
            "signature_info": {"issuer": "Adobe Inc."},
            "ingredients": [
                {
                    "title": "晶格_v1.png",
                    "relationship": "parentOf",
                    "active_manifest": "urn:c2pa:1",
                },
                {"title": "moon.png", "relationship": "componentOf", "instance_id": "xmp.iid:m"},
                "nonsense",
            ],
            "assertions": [
                {"label": "c2pa.hash.data"},
                {
                    "label": "c2pa.actions.v2",
                    "data": {
                        "actions": [
                            {
                                "action": "c2pa.created",
                                "when": "2026-01-02T03:04:05Z",
                                "softwareAgent": {"name": "Firefly Image 4"},
                                "digitalSourceType": "http://cv.iptc.org/x/trainedAlgorithmicMedia",
                            },
                            {"action": "c2pa.color_adjustments"},
                        ]
                    },
                },
            ],
        }
    },
}


def test_a_store_is_told_in_our_words():
    found = credentials.said(STORE)
    assert found == {
        "tool": "Adobe Firefly",
        "tool_version": "3.1",
        "signer": "Adobe Inc.",
        "manifest": "urn:c2pa:2",
        "instance": "xmp:iid:two",
        "ingredients": [
            {"manifest": "urn:c2pa:1", "title": "晶格_v1.png", "instance": "", "parent": True},
            {"manifest": "", "title": "moon.png", "instance": "xmp.iid:m", "parent": False},
            {"manifest": "", "title": "", "instance": "", "parent": False},
        ],
        "actions": [
            {"action": "created", "when": "2026-01-02T03:04:05Z", "agent": "Firefly Image 4"},
            {"action": "color_adjustments", "when": "", "agent": ""},
        ],
        "made_by": "trainedAlgorithmicMedia",
    }
    recipe = credentials.recipe(found)
    assert (recipe.tool, recipe.tool_version) == ("Adobe Firefly", "3.1")
    assert [step.action for step in recipe.history] == ["created", "color_adjustments"]
    assert recipe.sources == ("Content Credentials",)


@pytest.mark.parametrize("store", [{}, {"manifests": 3}, {"active_manifest": "x", "manifests": []}])
def test_a_store_of_nonsense_says_nothing(store):
    assert credentials.recipe(credentials.said(store)) is None


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("assertion.dataHash.mismatch", True),
        ("claimSignature.mismatch", True),
        ("signingCredential.untrusted", False),
        ("assertion.action.ingredientMismatch", False),
    ],
)
def test_only_what_tells_of_a_change_is_a_change(code, changed):
    found = credentials.said(STORE | {"validation_status": [{"code": code}]})
    assert found.get("changed", False) is changed


def test_a_file_that_carries_them_is_seen_by_its_chunk(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(told.png())
    assert credentials.read(path, "PNG") == {}
    path.write_bytes(told.png_with(told.chunk(b"caBX", b"no store")))
    told_of_it = {"broken": True} if is_here("c2pa") else {"unread": True}
    assert credentials.read(path, "PNG") == told_of_it


@pytest.mark.django_db
def test_when_the_package_comes_they_are_read_again(monkeypatch):
    unread = make.version(reading="ready", recipe_readers=READERS)
    other = make.version(reading="ready", recipe_readers=READERS, tone=90)
    Version.objects.filter(pk=unread.pk).update(inside={"credentials": {"unread": True}})
    Version.objects.filter(pk=other.pk).update(inside={"credentials": {"broken": True}})
    monkeypatch.setattr(extras, "is_here", lambda extra: False)
    assert not Version.objects.to_read_again().exists()
    monkeypatch.setattr(extras, "is_here", lambda extra: True)
    assert list(Version.objects.to_read_again()) == [unread]


# --- with the extra -----------------------------------------------------------------------------
def signer():
    import c2pa
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    def named(name):
        given = {NameOID.COMMON_NAME: name, NameOID.ORGANIZATION_NAME: "Throughline tests"}
        return x509.Name([x509.NameAttribute(key, value) for key, value in given.items()])

    def certificate(name, key, of, by, *, authority):
        now = datetime.datetime.now(datetime.UTC)
        usage = dict.fromkeys(
            (
                *("digital_signature", "content_commitment", "key_encipherment"),
                *("data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"),
                *("encipher_only", "decipher_only"),
            ),
            False,
        )
        usage["key_cert_sign" if authority else "digital_signature"] = True
        made = (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named(of))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=30))
            .add_extension(x509.BasicConstraints(authority, None), True)
            .add_extension(x509.KeyUsage(**usage), True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), False
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        )
        if not authority:
            mail = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
            made = made.add_extension(mail, False)
        return made.sign(by, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    root, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    chain = certificate("Signer", key, "Root", root, authority=False)
    chain += certificate("Root", root, "Root", root, authority=True)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"es256", chain, private, None))


def signed(colour, *, parent=b"", title="v1.png"):
    import c2pa

    raw = BytesIO()
    Picture.new("RGB", (64, 48), colour).save(raw, "PNG")
    manifest = {
        "claim_generator_info": [{"name": "Test studio", "version": "1.0"}],
        "title": title,
        "format": "image/png",
        "assertions": [
            {
                "label": "c2pa.actions",
                "data": {"actions": [{"action": "c2pa.color_adjustments"}]},
            }
        ],
    }
    off = {"verify": {"verify_after_sign": False, "verify_trust": False}}
    builder = c2pa.Builder(manifest, context=c2pa.Context(c2pa.Settings.from_dict(off)))
    if parent:
        given = {"title": "renamed.png", "relationship": "parentOf"}
        builder.add_ingredient(json.dumps(given), "image/png", BytesIO(parent))
    raw.seek(0)
    out = BytesIO()
    builder.sign(signer(), "image/png", raw, out)
    return out.getvalue()


@needs_c2pa
@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_an_ingredient_is_a_parent_whatever_it_was_called(run_jobs):
    image = make.image()
    parent = signed((200, 20, 20))
    add(image, signed((20, 20, 200), parent=parent, title="v2.png"), "later.png")
    add(image, parent, "sooner.png")
    run_jobs()
    edge = Derivation.objects.get()
    assert (edge.child.filename, edge.parent.filename) == ("later.png", "sooner.png")
    assert (edge.kind, edge.how, edge.state) == ("edit", "ingredient", "found")
    assert edge.child.how_made.tool == "Test studio"
    assert edge.child.inside["credentials"]["signer"] == "Throughline tests"
    assert "changed" not in edge.child.inside["credentials"]


@needs_c2pa
@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_file_that_was_changed_after_it_was_signed_says_so(run_jobs):
    data = signed((200, 20, 20))
    end = data.rindex(b"IEND") - 4
    add(make.image(), data[:end] + told.chunk(b"tEXt", b"x\0y") + data[end:], "a.png")
    run_jobs()
    assert Version.objects.get().inside["credentials"]["changed"] is True
