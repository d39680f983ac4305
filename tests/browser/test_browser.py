"""
The pages in a real browser: the system's Chromium, driven by playwright.

    apt-get install chromium fonts-noto-cjk && pip install 'searchlib[browser]'
    npm install axe-core && SEARCHLIB_AXE=node_modules/axe-core/axe.min.js python -m pytest tests/browser

Without them the tests are skipped, with the reason.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import pytest

import searchlib

if TYPE_CHECKING:
    from collections.abc import Iterator

playwright_api = pytest.importorskip("playwright.sync_api", reason="the extra browser is not installed")
uvicorn = pytest.importorskip("uvicorn", reason="the extra web is not installed")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(os.environ.get("SEARCHLIB_AXE", "node_modules/axe-core/axe.min.js"))
HOSTILE = "<img src=x onerror=document.title=1><script>document.title=1</script>"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="there is no Chromium: apt-get install chromium fonts-noto-cjk"
    ),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Iterator[str]:
    """The address of an archive that is served: the corpus, sixty dated articles, a hostile one."""
    from searchlib.web import app  # noqa: PLC0415 (an extra)

    index = searchlib.open(tmp_path_factory.mktemp("browser") / "archive.idx")
    index.sync(corpus_folder)
    index.add(
        {
            "id": f"n{n}",
            "headline": f"第{n}次党建工作会议在查干湖召开",
            "body": f"党建引领基层治理，会议第{n}号。\n" * 12,
            "date": f"{2021 + n % 4}-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "publication": f"报{n % 3}",
            "authors": [f"作者{n % 9}"],
        }
        for n in range(60)
    )
    index.add([{"id": "x", "headline": HOSTILE, "body": f"党建{HOSTILE}" * 3, "publication": HOSTILE}])
    server = uvicorn.Server(
        uvicorn.Config(app(index, pages=[corpus_folder]), port=0, log_level="critical", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    ends = time.monotonic() + 30
    while not server.started and time.monotonic() < ends:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    with playwright_api.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Any]:
    """Return what opens an address; errors in the console, and requests to elsewhere, fail the test."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def opened(path: str = "", *, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda asked: wrong.extend([] if asked.url.startswith(address) else [asked.url]))
        page.on("console", lambda said: wrong.extend([said.text] if said.type == "error" else []))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def asked(page: Any) -> list[str]:
    """Return the addresses that a page asks from now on, as they come."""
    found: list[str] = []
    page.on("request", lambda request: found.append(unquote(request.url)))
    return found


QUERY = quote("党建")


@pytest.mark.parametrize(
    "path", ["", f"?q={QUERY}", f"article?id=n1&q={QUERY}", f"kwic?q={QUERY}", f"trend?q={QUERY}"]
)
def test_nothing_leaves_the_origin_and_the_policy_holds(open_page: Any, path: str) -> None:
    """No request to elsewhere and no complaint in the console; both are looked at when the page is closed."""
    page = open_page(path)
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1


def test_answers_come_while_one_types(open_page: Any) -> None:
    """The address follows; Back leads out of the page, and a reload shows the same."""
    page = open_page("help")
    page.goto(page.url.replace("help", ""))
    page.locator("form.ask input[name=q]").press_sequentially("查干湖", delay=30)
    page.wait_for_selector("ol.hits mark")
    page.wait_for_url("**q=**")
    shown = page.locator("#answer h1").inner_text()
    page.reload()
    assert page.locator("#answer h1").inner_text() == shown
    page.go_back()
    assert page.url.endswith("/help")


def test_a_composing_input_method_asks_nothing(open_page: Any) -> None:
    """Not one request while the letters are composed; one answer when the word is committed."""
    page = open_page()
    page.locator("form.ask input[name=q]").focus()
    found = asked(page)
    cdp = page.context.new_cdp_session(page)
    for end in range(1, len("dangjian") + 1):
        cdp.send(
            "Input.imeSetComposition", {"text": "dangjian"[:end], "selectionStart": end, "selectionEnd": end}
        )
        page.wait_for_timeout(40)
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert found == []
    cdp.send("Input.insertText", {"text": "党建"})
    page.wait_for_selector("ol.hits mark")
    page.wait_for_timeout(200)
    answers = [one for one in found if "live=1" in one]
    assert len(answers) == 1
    assert "q=党建" in answers[0]


def test_arrows_and_enter_take_a_suggestion(open_page: Any) -> None:
    """Enter alone asks what was typed; Escape closes the list."""
    page = open_page()
    field = page.locator("form.ask input[name=q]")
    field.press_sequentially("dangj", delay=20)
    page.wait_for_selector("#suggested li")
    assert field.get_attribute("aria-expanded") == "true"
    field.press("Escape")
    assert page.locator("#suggested li").count() == 0
    field.press_sequentially("i", delay=20)
    page.wait_for_selector("#suggested li")
    field.press("ArrowDown")
    chosen = page.locator("#suggested li[aria-selected=true]").inner_text()
    assert field.get_attribute("aria-activedescendant") == "suggested0"
    with page.expect_navigation():
        field.press("Enter")
    assert page.locator("form.ask input[name=q]").input_value() == chosen
    page.locator("form.ask input[name=q]").fill("会议")
    with page.expect_navigation():
        page.locator("form.ask input[name=q]").press("Enter")
    assert page.locator("form.ask input[name=q]").input_value() == "会议"
    page.go_back()


def test_a_range_is_drawn_on_the_histogram(open_page: Any) -> None:
    """From bar to bar by the mouse; Back restores what was there before; a click chooses one month."""
    page = open_page(f"?q={QUERY}")
    bars = page.locator("form.bars button")
    first, last = bars.nth(3).bounding_box(), bars.nth(7).bounding_box()
    values = [bars.nth(n).get_attribute("value") for n in (3, 7)]
    page.mouse.move(first["x"] + 2, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + 2, last["y"] + 20, steps=6)
    assert page.locator("form.bars .drawn").count() == 5
    with page.expect_navigation():
        page.mouse.up()
    assert f"since={values[0]}&until={values[1]}" in page.url
    assert page.locator("form.bars .in").count() == 5
    page.go_back()
    assert "since" not in page.url
    with page.expect_navigation():
        page.locator("form.bars button").nth(4).click()
    assert "m=" in page.url
    page.locator("form.bars .in").focus()
    page.keyboard.press("ArrowRight")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".pills li").count() == 1


def test_keys_lead_from_hit_to_hit_and_from_mark_to_mark(open_page: Any) -> None:
    """j, Enter, n, n, p, u; a slash goes to the words, where keys are letters."""
    page = open_page(f"?q={QUERY}")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for key in "nnnp":
        page.keyboard.press(key)
    marks = page.locator("article.text mark").count()
    assert page.locator("#counter").inner_text() == f"2 / {marks}"
    assert page.locator("mark.now").count() == 1
    page.keyboard.press("/")
    page.keyboard.press("n")
    assert page.locator("#counter").inner_text() == f"2 / {marks}"
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.url.endswith(f"?q={QUERY}")


def test_without_javascript_everything_is_reached(open_page: Any) -> None:
    """The form, a filter, a bar, a page, an article, its page, its marks."""
    page = open_page(java_script_enabled=False)
    page.locator("form.ask input[name=q]").fill("党建")
    page.locator("form.ask button").click()
    page.locator("form.bars button").nth(5).click()
    assert page.locator(".pills li").count() == 1
    page.locator(".pills a").click()
    page.locator("a[rel=next]").click()
    assert "offset=10" in page.url
    page.locator("ol.hits h2 a").first.click()
    page.locator("#next").click()
    assert page.url.endswith("#m1")
    page.locator("#back").click()
    assert "offset=10" in page.url


def test_an_error_leaves_the_last_answer(open_page: Any) -> None:
    """What was found stays, the message is shown; mended queries say how."""
    page = open_page(f"?q={QUERY}")
    field = page.locator("form.ask input[name=q]")
    field.press_sequentially(" (会议", delay=20)
    page.wait_for_selector(".note")
    assert page.locator("ol.hits li").count() > 0


def test_hostile_texts_are_texts(open_page: Any) -> None:
    """In the headline, the text, the filters and the suggestions."""
    page = open_page(f"?q={quote('党建')}&publication={quote(HOSTILE)}")
    assert HOSTILE in page.locator("ol.hits h2").first.inner_text()
    page.locator("ol.hits h2 a").first.click()
    page.wait_for_load_state("networkidle")
    assert page.locator("article.text img, article.text script").count() == 0
    assert page.title() != "1"


PAGES = {
    "start": "",
    "search": f"?q={QUERY}&publication=%E6%8A%A51&since=2022",
    "nothing": f"?q={quote('火星人登陆了')}",
    "article": f"article?id=n1&q={QUERY}&at=2",
    "places": f"kwic?q={QUERY}",
    "trend": f"trend?q={quote('党建,会议')}&by=month",
    "help": "help",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_needs_no_sideways_scrolling(open_page: Any, name: str) -> None:
    """At 390 pixels, and at 320."""
    for width in (390, 320):
        page = open_page(PAGES[name], width=width)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_the_labels_of_a_chart_are_inside_of_it(open_page: Any, width: int) -> None:
    """Those of the axis too, which are greater on a phone than the drawing."""
    page = open_page(PAGES["trend"], width=width)
    outside = page.evaluate(
        "() => { const frame = document.querySelector('.chart').getBoundingClientRect();"
        " return [...document.querySelectorAll('.chart text')]"
        ".map((one) => [one, one.getBoundingClientRect()])"
        ".filter(([, box]) => box.width && (box.left < frame.left || box.right > frame.right + 1"
        " || box.bottom > frame.bottom + 1)).map(([one]) => one.textContent) }"
    )
    assert outside == []


@pytest.mark.skipif(
    not AXE.is_file(), reason="there is no axe-core: npm install axe-core, SEARCHLIB_AXE=…/axe.min.js"
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, address: str, scheme: str) -> None:
    """Every rule on every page: contrast, names, landmarks, order of headings."""
    context = browser.new_context(color_scheme=scheme, locale="zh-CN", bypass_csp=True)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    corpus = page.request.get(f"{address}api/search?q={quote('党建引领')}&kind=article&limit=100").json()[
        "hits"
    ]
    own = next(hit["id"] for hit in corpus if hit["source"])
    pages = {
        **PAGES,
        "original": f"original?id={quote(own)}&q={QUERY}",
        "error": "?q=(",
        "like": "like?id=n1&whole=1",
    }
    for name, path in pages.items():
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.add_script_tag(path=str(AXE))
        violations = page.evaluate("axe.run().then((found) => found.violations)")
        found |= {
            f"{name}: {one['id']}": [node["html"][:200] for node in one["nodes"][:3]] for one in violations
        }
    context.close()
    assert found == {}


def test_print_drops_what_is_not_text(open_page: Any) -> None:
    """No filters, no bars, no buttons on paper; marks are underlined."""
    page = open_page(f"?q={QUERY}")
    page.emulate_media(media="print")
    assert not page.locator(".filters, form.bars, .head").first.is_visible()
    assert (
        page.locator("mark").first.evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"
    )
