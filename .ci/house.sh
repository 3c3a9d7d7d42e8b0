# What run and test share; sourced by bash. Progress goes to stderr: stdout belongs to the program that is run.

# Exit status when something is missing on the machine.
MISSING=3

say() { printf '%s\n' "$*" >&2; }

# Sets DOTNET to a dotnet that has a .NET 10 SDK, or ends with 3.
need_dotnet() {
    local candidate
    for candidate in "${DOTNET_ROOT:+$DOTNET_ROOT/dotnet}" "$(command -v dotnet || true)" \
        "${HOME:-/root}/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
        if [ -x "$candidate" ] && "$candidate" --list-sdks 2>/dev/null | grep -q '^10\.'; then
            DOTNET=$candidate
            export DOTNET_ROOT
            DOTNET_ROOT=$(dirname "$(readlink -f "$DOTNET")")
            export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
            return 0
        fi
    done
    say "missing: the .NET 10 SDK. To get it:"
    say "    curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
    say "(installs to ~/.dotnet, where this script finds it; or see https://dot.net/download)"
    exit $MISSING
}

# need_packages WHAT-FOR PACKAGE...: installs the Debian packages that are missing, or says how to and ends with 3.
need_packages() {
    local purpose=$1 package
    local -a absent=()
    shift
    command -v dpkg-query >/dev/null 2>&1 || { say "note: no dpkg here; please see to these libraries: $*"; return 0; }
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || absent+=("$package")
    done
    [ ${#absent[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        say "missing for $purpose: ${absent[*]}. To install:"
        say "    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${absent[*]}"
        exit $MISSING
    fi
    say "installing for $purpose: ${absent[*]}"
    local log
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    if ! { apt-get -qq -o DPkg::Lock::Timeout=300 update &&
        apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${absent[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        say "could not install: ${absent[*]}. By hand:"
        say "    apt-get update && apt-get install -y --no-install-recommends ${absent[*]}"
        exit $MISSING
    fi
    rm -f "$log"
}

# build NAME PROJECT RESULT SOURCES...: builds PROJECT for Release, but only when RESULT is not there or a file under SOURCES
# is newer than the last build.
build() {
    local name=$1 project=$2 result=$ROOT/$3 stamp=$ROOT/.work/$1.built log
    shift 3
    mkdir -p "$ROOT/.work"
    exec 9>"$ROOT/.work/build.lock"
    flock 9
    if [ -e "$result" ] && [ -e "$stamp" ] && [ -z "$(cd "$ROOT" && find "$@" \( -name bin -o -name obj -o -name __pycache__ \) -prune \
        -o -newer "$stamp" -print -quit)" ]; then
        exec 9>&-
        return 0
    fi
    say "building $name (Release) ..."
    log=$(mktemp)
    local started
    started=$(mktemp "$ROOT/.work/started.XXXXXX")
    # No build server may outlive the build: it would hold the lock and the memory.
    if ! "$DOTNET" build "$ROOT/$project" -c Release -v quiet -nologo --disable-build-servers -nodeReuse:false >"$log" 2>&1 9>&-; then
        grep -E 'error|warn' "$log" | sort -u | head -n 40 >&2 || tail -n 40 "$log" >&2
        rm -f "$log" "$started"
        say "the build of $name failed"
        exit 1
    fi
    mv "$started" "$stamp"
    rm -f "$log"
    exec 9>&-
}

# The program, as every build leaves it.
PROGRAM=src/Gateway/bin/Release/net10.0/avatar2d.dll

# What libav*, its encoders and Opus are called here: FFmpeg 5, 6 or 7, whichever the system brings.
runtime_packages() {
    local release amr="libopencore-amrnb0 libopencore-amrwb0 libvo-amrwbenc0"
    release=$( (. /etc/os-release && echo "${ID:-}${VERSION_ID:-}") 2>/dev/null || true)
    case "$release" in
        debian13 | ubuntu25.*) echo libavcodec61 libavformat61 libavutil59 libswscale8 libopus0 $amr ;;
        ubuntu24.*) echo libavcodec60 libavformat60 libavutil58 libswscale7 libopus0 $amr ;;
        *) echo libavcodec59 libavformat59 libavutil57 libswscale6 libopus0 $amr ;; # Debian 12
    esac
}

# Files outside src/ and tests/ that a build depends on.
BUILD_FILES=(Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig global.json)
