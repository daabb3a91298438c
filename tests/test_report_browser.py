"""The report in a browser: it asks for nothing, complains of nothing, filters, sorts, turns pages and prints."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Page, address, browser_page

from workbench.model import Content, Document, Draft, State, TranslationUnit
from workbench.pipeline.reporting import review_of_content
from workbench.pipeline.rules import make_rules
from workbench.report.page import to_html

pytestmark = pytest.mark.chromium

SHOWN = "document.getElementById('shown').textContent"
NUMBERS = "Array.from(document.querySelectorAll('tbody.on')).slice(0, 4).map(b => b.dataset.n).join(' ')"


def unit(number: int) -> TranslationUnit:
    """Every third unit was changed, by more and more; every fifth ends in a full stop of the wrong kind."""
    draft = f"第{number}行在这里。"
    target = draft[:-1] + "新" * (number // 3) + "。" if number % 3 == 0 else draft
    if number % 5 == 0:
        target = target[:-1] + "."
    state = State.REVIEWED if number > 200 else State.INITIAL
    source = f"<script>alert({number})</script> Line {number}."
    return TranslationUnit(f"u{number}", number, source, target, state, (Draft("d", draft),))


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser_page() as page:
        yield page


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    made = Content(Document("talk", "jsonl"), units=tuple(unit(number) for number in range(1, 251)))
    reviewed = review_of_content(made, make_rules("punctuation"), name="talk", metrics=("edit",))
    path.write_text(to_html(reviewed), encoding="utf-8")
    return path


def change(page: Page, name: str, value: str) -> None:
    """Fill in a field as a person would, and wait for what follows."""
    page.run(
        f"(async () => {{ const field = document.querySelector('[name={name}]');"
        f"if (field.type === 'checkbox') field.checked = true; else field.value = '{value}';"
        "field.dispatchEvent(new Event('input')); field.dispatchEvent(new Event('change'));"
        "await new Promise(done => setTimeout(done, 300)); })()"
    )


def test_it_asks_for_nothing_and_complains_of_nothing(page: Page, report: Path) -> None:
    page.requests.clear()
    page.open(address(report))
    assert page.run(SHOWN) == "250 shown"
    assert [one for one in page.requests if one != "about:blank"] == [report.as_uri()]
    assert page.complaints == []


def test_a_policy_keeps_foreign_scripts_and_addresses_out(page: Page, report: Path) -> None:
    page.open(address(report))
    held = page.run(
        "(async () => { const made = document.createElement('script'); made.textContent = 'window.bad = 1';"
        "document.body.append(made); let got = 'kept out';"
        "try { await fetch('http://127.0.0.1:9/'); got = 'sent'; } catch (error) {} return [window.bad, got]; })()"
    )
    assert held in ([None, "kept out"], [{}, "kept out"])
    assert "Content Security Policy" in "".join(page.complaints)
    page.complaints.clear()


def test_filters_count_and_hide(page: Page, report: Path) -> None:
    page.open(address(report))
    change(page, "changed", "1")
    assert page.run(SHOWN) == "117 of 250 shown"
    change(page, "kind", "punctuation")
    assert page.run(SHOWN) == "50 of 250 shown"
    change(page, "state", "reviewed")
    assert page.run(SHOWN) == "10 of 250 shown"
    assert page.run(NUMBERS) == "205 210 215 220"
    assert page.run("location.hash") == "#state=reviewed&kind=punctuation&changed=1"
    change(page, "text", "line 215.")
    assert page.run(NUMBERS) == "215"
    assert page.complaints == []


def test_orders_and_headings_sort(page: Page, report: Path) -> None:
    page.open(address(report))
    change(page, "order", "edit:desc")
    assert page.run(NUMBERS) == "240 225 249 246"
    page.run("document.querySelector('th[data-sort=n] [role=button]').click()")
    assert page.run(NUMBERS) == "1 2 3 4"
    page.run("document.querySelector('th[data-sort=n] [role=button]').click()")
    assert page.run(NUMBERS) == "250 249 248 247"
    assert page.run("document.querySelector('th[data-sort=n]').getAttribute('aria-sort')") == "descending"
    assert page.complaints == []


def test_pages_turn_and_the_view_is_in_the_address(page: Page, report: Path) -> None:
    page.open(address(report))
    page.run("document.querySelectorAll('.pager button')[1].click()")
    assert page.run(NUMBERS) == "101 102 103 104"
    assert page.run("document.getElementById('page').textContent") == "page 2 of 3"
    page.open(address(report, "order=n:desc&page=3"))
    assert page.run(NUMBERS) == "50 49 48 47"
    page.open(address(report, "state=nonsense&order=nonsense&page=x"))
    assert page.run("document.querySelectorAll('tbody.on').length") in (0, 100)
    assert page.complaints == []


def test_paper_takes_all_that_the_filter_lets_through(page: Page, report: Path) -> None:
    page.open(address(report, "changed=1"))
    page.call("Emulation.setEmulatedMedia", media="print")
    shown = "Array.from(document.querySelectorAll('tbody[data-n]')).filter(b => b.offsetHeight).length"
    assert page.run(shown) == 117
    assert page.run("document.querySelector('.controls').offsetHeight") == 0
    page.call("Emulation.setEmulatedMedia", media="")
    assert base64.b64decode(page.call("Page.printToPDF")["data"])[:5] == b"%PDF-"


def test_without_a_script_every_unit_can_be_read(page: Page, report: Path) -> None:
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.open(address(report))
    page.call("Emulation.setScriptExecutionDisabled", value=False)
    assert (
        page.run("Array.from(document.querySelectorAll('tbody[data-n]')).filter(b => b.offsetHeight).length")
        == 250
    )
    assert page.run("document.querySelector('.controls').offsetHeight") == 0


@pytest.mark.parametrize("width", [1280, 420])
def test_nothing_sticks_out_of_the_window(page: Page, report: Path, width: int) -> None:
    page.call(
        "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
    )
    page.open(address(report))
    assert page.run("document.documentElement.scrollWidth") <= width
    page.call("Emulation.clearDeviceMetricsOverride")
