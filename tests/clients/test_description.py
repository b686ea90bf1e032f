"""The API and its description, compared by schemathesis: valid requests are accepted, invalid ones rejected, and every
response is described. schemathesis.toml lists the checks that are loosened, and why."""

import os
import subprocess
import sys
from pathlib import Path

from conftest import HERE


def test_the_api_does_what_its_description_says(scratch, tmp_path):
    command = [
        Path(sys.executable).with_name("schemathesis"),
        f"--config-file={HERE / 'schemathesis.toml'}",
        "run",
        f"{scratch.url}/openapi.yaml",
        f"--header=Authorization:{scratch.session.headers['Authorization']}",
        "--max-examples=20",
        "--seed=1",
        "--continue-on-failure",
        # Python 3.11 loses count of its recursion where two threads parse at once.
        "--workers=1",
        "--no-color",
    ]
    hooks = {"PYTHONPATH": str(HERE), "SCHEMATHESIS_HOOKS": "schemathesis_hooks"}
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, **hooks}, capture_output=True, text=True, timeout=400
    )
    assert done.returncode == 0, done.stdout + done.stderr
