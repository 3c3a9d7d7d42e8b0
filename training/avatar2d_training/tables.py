"""A report of `evaluate` as the Markdown table of docs/models.md."""
from __future__ import annotations

import argparse
import json
from pathlib import Path

COLUMNS = ("group, driver", "r (worst, 90 % interval)", "lag", "slope (worst)", "r width", "slope width / round", "leak / unrelated",
           "shut / false", "m b p (real)", "pauses: motion, opening", "sharp", "seam", "flicker", "identity")


def row(name: str, s: dict) -> str:
    """One line of the table; s: the summary of a group and driver."""
    def m(key: str, digits: int = 2) -> str:
        v = s[key]["median"]
        return "-" if v != v else f"{v:.{digits}f}"
    r, slope = s["r"], s["slope"]
    cells = (name.replace("/", ", "), f"{r['median']:.2f} ({r['worst']:.2f}, {r['p05']:.2f} to {r['p95']:.2f})", m("lag", 1),
             f"{slope['median']:.2f} ({slope['worst']:.2f})", m("r_width"), f"{m('slope_width')} / {m('slope_round')}",
             f"{m('leak')} / {m('unrelated')}", f"{m('closure')} / {m('false_closure')}", f"{m('shut_bmp')} ({m('shut_bmp_real')})",
             f"{m('pause_motion')}, {m('pause_opening')}", m("sharp"), m("seam", 1), m("flicker"), m("identity"))
    return "| " + " | ".join(cells) + " |"


def table(report: dict) -> str:
    """report: what `evaluate` wrote."""
    head = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    return "\n".join(head + [row(name, part["summary"]) for name, part in report.items()])


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    print(table(json.loads(parser.parse_args(argv).report.read_text())))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
