"""Makes docs/report.png and docs/report-units.png, the pictures in report.md: a review of the sample project, reported.

Needs Chromium and a Chinese font.

python docs/report_picture.py [FOLDER] [--page OUT.html]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.model import Span
from workbench.pipeline.reporting import review_of_project
from workbench.pipeline.starting import init
from workbench.report.page import to_html
from workbench.review.project import open_project

if TYPE_CHECKING:
    from workbench.review.session import ReviewSession

TOP, UNITS = (1280, 1640), (1280, 1010)

CORRECTIONS = {
    "cannes-lions-2019": {
        2: "在2019年戛纳国际创意节上，人工智能为中英文发言做了现场口译。",
        4: "此前它从未做过类似的尝试。",
        11: "同声传译对人来说很难，对机器来说也不轻松。",
        15: "科技向善",
        16: "“科技向善”这句话是腾讯愿景的一部分，它贯穿于后面的所有数字。",
        17: "第一个是关于捐赠的：截至2019年5月，2.27亿用户已捐赠52亿元人民币。",
        19: "第二个是关于本地服务的，在超过360个城市提供。",
        20: "粤省事和闽政通是需要记住的两个名字。",
        28: "公关类银狮奖授予了“一个人的球队”，这是一场关于器官捐赠的活动。",
    },
    "digital-culture-2021": {
        10: "不能见面的人，至少可以在那里相聚。",
        15: "工作也随之转到线上。",
    },
}
"""What the reviewers write, by document and number of the unit; other units get their sure fixes."""

UNTIL = {"cannes-lions-2019": 38, "digital-culture-2021": 24}
"""How many units of each document are reviewed; those that would still have no translation are passed over."""


class Clock:
    """Time that goes on only when it is told to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time now."""
        return self.now


def review(session: ReviewSession, clock: Clock) -> None:
    """Some days of work on a document: longer texts and changed ones take longer."""
    name = session.document.name
    for number in range(1, UNTIL[name] + 1):
        session.goto(number)
        unit = session.unit
        text = CORRECTIONS[name].get(number)
        if text is None:
            try:
                session.apply_all_fixes(seconds=6, keystrokes=2)
            except CommandError:
                text = unit.target or None
            if not session.unit.target:
                continue
        changed = text is not None and text != unit.target
        seconds = 4 + len(unit.source) / 9 + (25 if changed else 0)
        clock.now += timedelta(seconds=seconds)
        if number % 10 == 0:
            clock.now += timedelta(days=1)
        session.goto(number)
        session.confirm(text, seconds=seconds, keystrokes=3 + (30 if changed else 0))


def annotate(session: ReviewSession) -> None:
    """What a second reviewer noted."""
    session.goto(13)
    session.annotate("terminology/wrong-term", "major", "means the paper a school issues")
    session.note("ask the client which word they use")
    session.goto(17)
    at = session.unit.target.find("52亿")
    session.annotate("accuracy/mistranslation", "minor", "say whose money it was", Span(at, at + 3))
    session.goto(22)
    session.annotate("style/awkward", "minor")


def reviewed_page(folder: Path) -> str:
    """The page about the sample project, reviewed by two people in the folder."""
    init(folder, sample=True)
    clock = Clock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    for author, name in (("lin", "cannes-lions-2019"), ("zhao", "digital-culture-2021")):
        with open_project(folder, author=author) as project:
            review(project.review(name, clock=clock), clock)
    with open_project(folder, author="zhao") as project:
        annotate(project.review("cannes-lions-2019", clock=clock))
        return to_html(review_of_project(project), title="Review report: two notes from conferences")


def picture(page: Path, out: Path, size: tuple[int, int], view: str = "") -> None:
    """What the browser shows of a page, at three quarters of its size."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-headless-shell", "google-chrome"))))
    subprocess.run(
        [
            browser,
            *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            "--force-device-scale-factor=0.75",
            "--window-size={},{}".format(*size),
            f"--screenshot={out.absolute()}",
            page.as_uri() + view,
        ],
        check=True,
        capture_output=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    parser.add_argument("--page", type=Path, help="also keep the page here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole = reviewed_page(Path(folder) / "project")
        page = Path(folder) / "report.html"
        page.write_text(whole, encoding="utf-8")
        if given.page:
            shutil.copy(page, given.page)
        picture(page, given.folder / "report.png", TOP)
        # Headless Chromium cannot take a picture of a page that is scrolled: the part above the units is left out.
        head, rest = whole.split("<main>")
        units = rest[rest.index('<section id="units">') :]
        page.write_text(f"{head}<main>{units}", encoding="utf-8")
        picture(page, given.folder / "report-units.png", UNITS, "#changed=1")


if __name__ == "__main__":
    main()
