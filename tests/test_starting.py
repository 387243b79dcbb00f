"""What bin/run says at once when it cannot start."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOLD = """
import sys; sys.path.insert(0, "bin")
import only_one, pathlib
lock = only_one.hold(pathlib.Path(sys.argv[1]))
lock.write("http://localhost:8000"); lock.flush()
print("held", flush=True); sys.stdin.read()
"""


def start(data: Path, port: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "bin/run", "--data", str(data), "--port", str(port)]
    return subprocess.run(  # noqa: S603  our own command
        command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )


def test_a_second_start_on_the_same_folder_gives_the_address_of_the_first(tmp_path: Path) -> None:
    holder = subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        second = start(tmp_path, 8000)
        holder.kill()

    assert second.returncode == 1
    assert "already running" in second.stderr
    assert "Open http://localhost:8000. Nothing was started." in second.stderr


def test_a_folder_is_free_again_when_its_holder_was_killed(tmp_path: Path) -> None:
    for _time in range(2):
        holder = subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "-c", HOLD, str(tmp_path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        with holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            holder.kill()


def test_a_port_in_use_is_said_before_anything_else_happens(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        answer = start(tmp_path, port)

    assert answer.returncode == 1
    assert f"Another program uses port {port}. Nothing was started." in answer.stderr
    assert not (tmp_path / "hedgerow.key").exists()


@pytest.mark.parametrize("option", ["--prot", "--port=many"])
def test_a_slip_in_the_command_is_explained(option: str) -> None:
    answer = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "bin/run", option], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 2
    assert "usage:" in answer.stderr
