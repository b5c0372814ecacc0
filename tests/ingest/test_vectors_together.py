"""A reader opens the vectors while another process writes them: Chroma alone crashes here, both processes' graph at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WRITER = """
import sys, time
from pathlib import Path
import numpy as np
from ingest import vectors as house
house._HNSW["sync_threshold"] = 300  # the graph is written to disk more often: more chances to meet
vectors, figures, done = house.Vectors(Path(sys.argv[1])), np.random.default_rng(0), time.monotonic() + 8
print("ready", flush=True)
n = 0
while time.monotonic() < done:
    rows = figures.standard_normal((200, 256)).astype(np.float32)
    vectors.add([f"c{n + at}" for at in range(200)], rows / np.linalg.norm(rows, axis=1, keepdims=True))
    n += 200
"""
READER = """
import sys, time
from pathlib import Path
import numpy as np
from ingest.vectors import Vectors
done, opened = time.monotonic() + 7, 0
while time.monotonic() < done:
    Vectors(Path(sys.argv[1])).search(np.full(256, 1 / 16, np.float32), 3)
    opened += 1
print(opened)
"""


def test_a_graph_is_not_read_while_it_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        reader = subprocess.run(
            [sys.executable, "-c", READER, str(folder)], check=False, capture_output=True, text=True
        )
    assert (reader.returncode, writer.returncode) == (0, 0), reader.stderr
    assert int(reader.stdout) > 0
