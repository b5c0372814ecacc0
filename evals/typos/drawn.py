"""python -m evals.typos.drawn --font FONT: draws the commoner characters and writes down the pairs that look alike
(drawn.txt), so that the table of strings can be made without a font.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bot.proofreading.counted import Floats, load_table

_OUT = Path("evals/typos/drawn.txt")
_OFTEN = 4000  # characters; rarer ones are not typed for one another
_ALIKE = 0.7  # the cosine of two drawings, 1 for the same
_SIZE, _EDGE, _SEEN, _BLUR = (
    40,
    44,
    22,
    1.3,
)  # of a character, of its square, of the square looked at; in points


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--font", required=True, help="a font file with Chinese characters")
    parser.add_argument(
        "--index", type=int, default=2, help="the face in a collection: 2 is the Chinese one of Noto"
    )
    given = parser.parse_args()
    chars = load_table().chars[:_OFTEN]
    drawn = _drawings(chars, ImageFont.truetype(given.font, _SIZE, index=given.index))
    near = np.argwhere(np.triu(drawn @ drawn.T, 1) > _ALIKE)
    pairs = sorted(chars[one] + chars[other] for one, other in near)
    lines = [" ".join(pairs[at : at + 30]) for at in range(0, len(pairs), 30)]
    head = f"# Pairs of characters whose drawings are alike, by python -m evals.typos.drawn ({Path(given.font).stem})."
    _OUT.write_text("\n".join([head, *lines, ""]), "utf-8")
    print(len(pairs), "pairs")


def _drawings(chars: str, font: ImageFont.FreeTypeFont) -> Floats:
    rows = []
    for character in chars:
        image = Image.new("L", (_EDGE, _EDGE))
        ImageDraw.Draw(image).text((_EDGE // 2, _EDGE // 2), character, font=font, fill=255, anchor="mm")
        small = image.filter(ImageFilter.GaussianBlur(_BLUR)).resize((_SEEN, _SEEN))
        rows.append(np.asarray(small, float).ravel())
    table = np.array(rows)
    table -= table.mean(axis=0)
    return np.asarray(table / np.linalg.norm(table, axis=1, keepdims=True))


if __name__ == "__main__":
    main()
