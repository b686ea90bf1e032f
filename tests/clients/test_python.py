"""A client in Python, generated from the API's description by `openapi-python-client`: it leaves nothing out, and it runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

from conftest import HERE

# The parts that the generator skips, each with its reason. What else it skips is a defect of the description.
SKIPPED = {
    # A line of a response to NDJSON, which this client sends and reads as text: a choice of two objects in `allOf`.
    "Answer_ArticleResult",
    "Answer_ExtractionResult",
}


def test_a_generated_client_is_complete_and_lists_events(daybook, tmp_path):
    folder = HERE / "python"
    programs = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(tmp_path)}

    def run(*command):
        done = subprocess.run(
            [*map(str, command)], capture_output=True, text=True, timeout=120, env=environment, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    said = run(
        programs / "openapi-python-client", "generate", "--url", f"{daybook.url}/openapi.yaml", "--meta", "none",
        "--config", folder / "config.yml", "--output-path", tmp_path / "daybook_client",
    )  # fmt: skip
    assert set(re.findall(r"^/components/schemas/(\S+)$", said, re.MULTILINE)) <= SKIPPED, said
    assert not re.search(r"Cannot parse|Unsupported content", said), said
    assert run(sys.executable, folder / "list_events.py", daybook.url).splitlines() == [
        "2022-01-10 confirmed Geneva United States+Russia",
        "2022-01-18 postponed Lima Peru+Chile",
        "2022-01-25 cancelled Ottawa Canada+Denmark",
        "2022-01-27 postponed Oslo Norway+Iceland",
        "2022 2021-12-28",
        "400 from",
        "2025-03-07",
    ]
