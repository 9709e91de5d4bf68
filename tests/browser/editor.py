"""A hand on the editor of a scene, and what it keeps on the device."""

from playwright.sync_api import expect

from projects.writing.models import Scene

ENGLISH = "The lattice did not shine."
CHINESE = "晶格并不发光。"


def open_editor(page, scene):
    page.goto(f"/scenes/{scene.pk}/edit/")
    page.locator("scene-editor[data-ready]").wait_for()
    return page.locator("#manuscript")


def write(page, words):
    """Type at the end, as a person does."""
    page.locator("#manuscript").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def replace_text(area, text):
    """Put what a keyboard cannot type."""
    area.evaluate(
        """(e, text) => {
          e.value = text;
          e.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }""",
        text,
    )


def expect_state(page, state):
    expect(page.locator(".saved")).to_have_attribute("data-state", state, timeout=15_000)


def expect_text(page, scene, text):
    """The server has `text`; waited for through the page's own state."""
    expect_state(page, "saved")
    assert Scene.objects.get(pk=scene.pk).text == text


def journal(page):
    """The texts that are on this device only."""
    return page.evaluate(
        """() => new Promise((resolve, reject) => {
          const opening = indexedDB.open("throughline", 1);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const db = opening.result;
            if (!db.objectStoreNames.contains("unsent")) return resolve([]);
            const all = db.transaction("unsent").objectStore("unsent").getAll();
            all.onsuccess = () => resolve(all.result.map((entry) => entry.text));
          };
        })"""
    )


def wait_for_journal(page, texts):
    """Asked again and again from here: a page's own waiting takes a promise for an answer."""
    for _ in range(100):
        if journal(page) == texts:
            return
        page.wait_for_timeout(50)
    assert journal(page) == texts


def block_saves(page):
    """No save reaches the studio, as on a train."""
    page.route(
        "**/scenes/*/edit/",
        lambda route: route.abort() if route.request.method == "PUT" else route.fallback(),
    )


def unblock(page):
    page.unroute("**/scenes/*/edit/")


def puts(page):
    """The saves that leave the page from now on."""
    sent = []
    page.on("request", lambda r: sent.append(r.post_data_json) if r.method == "PUT" else None)
    return sent


def fill_device(page):
    """From the next page on, nothing more can be kept on the device."""
    page.add_init_script(
        """IDBObjectStore.prototype.put = () => {
          throw new DOMException("full", "QuotaExceededError");
        }"""
    )
