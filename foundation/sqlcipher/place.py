"""Where the database may not live: a folder that another computer or a cloud service also writes.

Sync services copy the file and its write-ahead log at different moments, and network disks do not
lock as SQLite needs. Both corrupt the file, and both send it somewhere it should not be.
"""

import os
import re
from functools import cache
from pathlib import Path, PureWindowsPath

from django.core.exceptions import ImproperlyConfigured

# A folder of one of these names, alone or as in "OneDrive - Sunflowers", is kept by that service.
CLOUD = {
    "onedrive": "OneDrive",
    "skydrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "drivefs": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "icloud": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "a cloud service",
    "box": "Box",
    "box sync": "Box",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pclouddrive": "pCloud",
    "pcloud drive": "pCloud",
    "mega": "MEGA",
    "megasync": "MEGA",
    "syncthing": "Syncthing",
    "proton drive": "Proton Drive",
    "amazon drive": "Amazon Drive",
}
NETWORK_FILE_SYSTEMS = re.compile(
    r"nfs\d?|cifs|smb\w*|ncpfs|afs|afpfs|davfs2?|ceph|glusterfs|lustre|gfs2|ocfs2|beegfs"
    r"|fuse\.(sshfs|rclone|davfs2?|cifs|smb\w*|nfs|glusterfs|ceph\S*|s3fs|gcsfuse|goofys|curlftpfs"
    r"|gvfsd-fuse|onedriver|google-drive-ocamlfuse|drive|dropbox\S*|juicefs|mergerfs-remote)"
)
DRIVE_REMOTE = 4  # what Windows' GetDriveTypeW answers for a network drive


@cache
def refuse_unsafe(folder: Path) -> None:
    """Stop, changing nothing, when the folder is synced by a cloud service or on a network disk."""
    if why := cloud_service(folder) or network_disk(folder):
        raise ImproperlyConfigured(
            f"The data folder {folder} is {why}. Records kept there can be damaged or copied to "
            "other computers. Nothing was changed. Move the whole folder to a disk of this "
            "computer, then start again with bin/run --data and its new place."
        )


def cloud_service(folder: Path) -> str:
    """In words, the cloud service that keeps this folder; empty when none does."""
    for part in folder.parts:
        name = part.casefold()
        for known, service in CLOUD.items():
            if name == known or name.startswith((f"{known} -", f"{known} (", f"{known}-")):
                return f"kept by {service} (the folder {part})"
    return ""


def network_disk(folder: Path) -> str:
    """In words, the network disk this folder is on; empty when it is on this computer."""
    if os.name == "nt":
        return windows_network(folder)
    mounts = Path("/proc/self/mounts")
    if not mounts.is_file():
        return ""
    kind = file_system(folder, mounts.read_text(errors="surrogateescape"))
    return f"on a network disk ({kind})" if NETWORK_FILE_SYSTEMS.fullmatch(kind) else ""


def file_system(folder: Path, mounts: str) -> str:
    """The type of the file system that holds the folder, from the text of Linux's mount table."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _device, point, found, *_rest = line.split(" ")
        point = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), point)
        if folder.is_relative_to(point) and len(Path(point).parts) >= best:
            best, kind = len(Path(point).parts), found
    return kind


def windows_network(folder: Path) -> str:
    """In words, the share or network drive of a Windows path; empty when it is a local drive."""
    drive = PureWindowsPath(folder).drive
    if drive.startswith("\\\\") and not re.match(r"\\\\[?.]\\(?!UNC)", drive, re.IGNORECASE):
        return f"on a network share ({drive})"
    return f"on a network drive ({drive})" if drive_type(drive) == DRIVE_REMOTE else ""


def drive_type(drive: str) -> int:
    """Windows' own answer for a drive such as C:, and 0 on other systems."""
    import ctypes

    windll = getattr(ctypes, "windll", None)
    return int(windll.kernel32.GetDriveTypeW(f"{drive}\\")) if windll else 0
