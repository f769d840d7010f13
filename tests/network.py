"""Runs a program that is refused every name look-up and every way off this machine, and records what it tried.

It stands between the program and libc, so it sees what Python, C++ and Rust try, in child processes too.
"""

import os
import shutil
import subprocess
from pathlib import Path

__all__ = ["build_guard", "guarded", "why_no_guard"]

_SOURCE = r"""
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void note(const char *what, const char *whom) {
    char line[512];
    int n = snprintf(line, sizeof line, "%s %s\n", what, whom ? whom : "?");
    int file = open(getenv("NETWORK_RECORD"), O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (file >= 0) { if (write(file, line, n) < 0) abort(); close(file); }
}

static int is_near(const struct sockaddr *to) {
    if (to == NULL || to->sa_family == AF_UNIX || to->sa_family == AF_NETLINK || to->sa_family == AF_UNSPEC) return 1;
    if (to->sa_family == AF_INET) return (ntohl(((struct sockaddr_in *)to)->sin_addr.s_addr) >> 24) == 127;
    if (to->sa_family == AF_INET6) return IN6_IS_ADDR_LOOPBACK(&((struct sockaddr_in6 *)to)->sin6_addr);
    return 0;
}

static int refuse(const char *what, const struct sockaddr *to) {
    char whom[64] = "?";
    if (to->sa_family == AF_INET) inet_ntop(AF_INET, &((struct sockaddr_in *)to)->sin_addr, whom, sizeof whom);
    if (to->sa_family == AF_INET6) inet_ntop(AF_INET6, &((struct sockaddr_in6 *)to)->sin6_addr, whom, sizeof whom);
    note(what, whom);
    errno = ENETUNREACH;
    return -1;
}

static int is_own_name(const char *name) {
    struct in6_addr number;
    return name == NULL || strcmp(name, "localhost") == 0 || inet_pton(AF_INET, name, &number) == 1
        || inet_pton(AF_INET6, name, &number) == 1;
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    if (!is_own_name(name)) { note("look-up", name); return EAI_FAIL; }
    int (*real)() = dlsym(RTLD_NEXT, "getaddrinfo");
    return real(name, service, hints, found);
}

struct hostent *gethostbyname(const char *name) {
    if (!is_own_name(name)) { note("look-up", name); h_errno = NO_RECOVERY; return NULL; }
    struct hostent *(*real)() = dlsym(RTLD_NEXT, "gethostbyname");
    return real(name);
}

int connect(int socket, const struct sockaddr *to, socklen_t size) {
    if (!is_near(to)) return refuse("connection", to);
    int (*real)() = dlsym(RTLD_NEXT, "connect");
    return real(socket, to, size);
}

ssize_t sendto(int socket, const void *data, size_t n, int flags, const struct sockaddr *to, socklen_t size) {
    if (!is_near(to)) return refuse("datagram", to);
    ssize_t (*real)() = dlsym(RTLD_NEXT, "sendto");
    return real(socket, data, n, flags, to, size);
}

ssize_t sendmsg(int socket, const struct msghdr *message, int flags) {
    if (!is_near(message->msg_name)) return refuse("datagram", message->msg_name);
    ssize_t (*real)() = dlsym(RTLD_NEXT, "sendmsg");
    return real(socket, message, flags);
}
"""


def why_no_guard() -> str:
    """Why programs cannot be guarded here; empty where they can."""
    return "" if shutil.which("cc") else "needs a C compiler (cc)"


def build_guard(folder: Path) -> Path:
    """The library that is loaded before all others."""
    source, library = folder / "guard.c", folder / "guard.so"
    source.write_text(_SOURCE)
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-w", "-o", library, source, "-ldl"], check=True, timeout=60)
    return library


def guarded(guard: Path, record: Path, environment: dict[str, str] | None = None) -> dict[str, str]:
    """The environment in which a program and its children are guarded; what they try stands in `record`."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return kept | {"LD_PRELOAD": str(guard), "NETWORK_RECORD": str(record)} | (environment or {})
