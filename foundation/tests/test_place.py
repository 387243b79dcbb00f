"""Where a database may not live."""

from pathlib import Path, PureWindowsPath
from typing import cast

import pytest
from django.core.exceptions import ImproperlyConfigured

from foundation.sqlcipher import place

MOUNTS = r"""
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/share /srv/share nfs4 rw 0 0
//office/files /mnt/office cifs rw 0 0
me@host: /home/me/far\040away fuse.sshfs rw 0 0
tmpfs /srv/share/local tmpfs rw 0 0
https://dav.example /mnt/dav fuse rw 0 0
""".strip()


@pytest.mark.parametrize(
    "folder",
    [
        "/home/dana/OneDrive/hedgerow",
        "/home/dana/OneDrive - Sunflowers Pre-school/hedgerow",
        "/home/dana/onedrive-business/x",
        "/home/dana/Dropbox/x",
        "/home/dana/Dropbox (Personal)/x",
        "/home/dana/Google Drive/My Drive/x",
        "/Users/dana/Library/Mobile Documents/com~apple~CloudDocs/x",
        "/Users/dana/Library/CloudStorage/Box-Box/x",
        "/home/dana/Box/x",
        "/home/dana/Nextcloud/x",
        "/home/dana/iCloudDrive",
    ],
)
def test_a_folder_of_a_cloud_service_is_refused(folder: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="Move the whole folder to a disk of this") as no:
        place.refuse_unsafe(Path(folder))
    assert "Nothing was changed" in str(no.value)


@pytest.mark.parametrize(
    "folder", ["/home/dana/hedgerow", "/srv/boxes/x", "/srv/sandbox", "/home/dropboxer/x", "/srv/x"]
)
def test_a_folder_of_this_computer_is_taken(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "network_disk", lambda _folder: "")

    place.refuse_unsafe(Path(folder))


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/hedgerow", "ext4"),
        ("/srv/share/x", "nfs4"),
        ("/srv/shared/x", "ext4"),
        ("/srv/share/local/x", "tmpfs"),
        ("/mnt/office", "cifs"),
        ("/home/me/far away/x", "fuse.sshfs"),
    ],
)
def test_the_deepest_mount_decides(folder: str, kind: str) -> None:
    assert place.file_system(Path(folder), MOUNTS) == kind


@pytest.mark.parametrize(
    "kind",
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "davfs", "fuse.davfs2", "fuse.rclone"],
)
def test_a_network_disk_is_refused(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "file_system", lambda _folder, _mounts: kind)

    assert kind in place.network_disk(Path("/data"))


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "xfs", "zfs", "overlay", "tmpfs", "fuseblk"])
def test_a_disk_of_this_computer_is_taken(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "file_system", lambda _folder, _mounts: kind)

    assert place.network_disk(Path("/data")) == ""


@pytest.mark.parametrize(
    ("folder", "says"),
    [
        (r"\\office\share\hedgerow", "network share"),
        (r"\\?\UNC\office\share\hedgerow", "network share"),
        (r"Z:\hedgerow", "network drive"),
        (r"C:\hedgerow", ""),
        (r"\\?\C:\hedgerow", ""),
    ],
)
def test_windows_shares_and_network_drives_are_refused(
    folder: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "drive_type", lambda drive: 4 if drive == "Z:" else 3)
    windows = cast("Path", PureWindowsPath(folder))

    assert place.windows_network(windows).startswith(f"on a {says}" if says else "")
    assert bool(place.windows_network(windows)) == bool(says)
