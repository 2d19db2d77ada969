# What the load tests share: servers pinned to a core, links made through the API, and slices of load measured in CPU time.
# Sourced by the load tests, which define usage. All of its functions that fail say why and exit with 2.
# shellcheck shell=bash disable=SC2034,SC2154
me=$(basename "$0")
die() { echo "$me: $*" >&2; exit 2; }
trap 'die "line $LINENO of ${BASH_SOURCE[0]##*/} failed"' ERR # so that 1 is left to the scripts

loadtests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) root=$(cd "$loadtests/.." && pwd)
CONNECTIONS=${CONNECTIONS:-64} SERVER_CORE=${SERVER_CORE:-0} LOAD_CORE=${LOAD_CORE:-1}
declare -A url=() session=() driver=() # of what is measured, by its name

keep='' out=''
read_options() { # "OPTIONS THAT TAKE A VALUE" ARGUMENT...: into variables of their names
  local valued=$1; shift
  while (($#)); do
    case $1 in
      --keep) keep=1; shift ;;
      -h | --help) usage; exit ;;
      *)
        [[ " $valued " == *" $1 "* ]] || { usage >&2; exit 2; }
        [[ $# -ge 2 ]] || die "$1 wants a value"
        printf -v "${1#--}" %s "$2"; shift 2 ;;
    esac
  done
  [[ -z $out || -d $(dirname "$out") ]] || die "no such directory: $(dirname "$out")"
}

need() { # [PACKAGE=]TOOL...: that they are there
  local tool missing=()
  for tool; do command -v "${tool#*=}" >/dev/null || missing+=("${tool%%=*}"); done
  ((${#missing[@]} == 0)) || die "missing: ${missing[*]}; install with: apt-get install -y ${missing[*]}"
  [[ -n ${SERVER_CMD:-} ]] || command -v dotnet >/dev/null || die "missing: dotnet (SDK 10), or set SERVER_CMD"
  (($(nproc --all) >= 2)) || die "needs two cores: one for the server, one for the load"
}
need_free() { # NAME...: that the ports in the variables of these names are
  local name
  for name; do ! (: <>"/dev/tcp/127.0.0.1/${!name}") 2>/dev/null || die "port ${!name} is taken; set $name"; done
}

# --- the working directory, and what is started ---------------------------------------------------
dir='' started=()
begin() {
  dir=$(mktemp -d --suffix=".$me")
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}
after_servers() { :; } # redefined by who starts what does not end with its session
clean_up() {
  for pid in "${started[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do
    for _ in {1..100}; do kill -0 -- "-$pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL -- "-$pid" 2>/dev/null || true
  done
  after_servers
  if [[ $keep ]]; then echo "kept: $dir" >&2; else rm -rf "$dir"; fi
}

# A session of its own for each server: the session is what is pinned, measured and ended.
start() { # CORE NAME COMMAND...
  local core=$1 name=$2; shift 2
  setsid taskset -c "$core" "$@" >"$dir/$name.log" 2>&1 </dev/null &
  started+=($!) session[$name]=$!
}
wait_for() { # NAME PATH STATUS
  local log=$dir/$1.log
  for _ in {1..300}; do
    kill -0 "${session[$1]}" 2>/dev/null || { tail -n 20 "$log" >&2; die "$1 stopped at start; its log ends as above"; }
    if [[ $(curl -s -o /dev/null -w '%{http_code}' "${url[$1]}$2") == "$3" ]]; then return; fi
    sleep 0.2
  done
  tail -n 20 "$log" >&2; die "no $3 from ${url[$1]}$2 in a minute; the log ends as above"
}
build() { # PROJECT...: in Release, of the repository
  local project
  for project; do dotnet build -c Release --nologo -v quiet "$root/$project" >&2 || die "the build failed"; done
}
build_server() { # and say how it is started, unless SERVER_CMD does
  [[ -z ${SERVER_CMD:-} ]] || return 0
  build src/Shortener.Server
  SERVER_CMD="dotnet '$root/src/Shortener.Server/bin/Release/net10.0/shortener.dll'"
}
lift_limits() {
  export Shortener__RateLimits__PerKey=100000000 Shortener__RateLimits__PerNetwork=100000000 \
    Shortener__RateLimits__WholeApi=100000000
}
start_ours() { # NAME PORT SETTING...: and wait until it is ready
  local name=$1 port=$2; shift 2
  url[$name]=http://127.0.0.1:$port
  start "$SERVER_CORE" "$name" bash -c "exec $SERVER_CMD --urls ${url[$name]} $*"
  wait_for "$name" /health/ready 200
}

# --- the links -----------------------------------------------------------------------------------
key_of() { # NAME: the developer key that the first server of an empty store prints, a little after it is ready
  for _ in {1..50}; do
    grep -o -m 1 'shrt_[A-Za-z0-9_-]*' "$dir/$1.log" | head -n 1 && return
    sleep 0.2
  done
  die "$1 printed no developer key (shrt_...)"
}
make_links() { # NAME: through the API of the first server of an empty store; into links.tsv, path and destination
  local key
  key=$(key_of "$1")
  echo "making $LINKS links" >&2
  mkdir "$dir/made"
  awk -v n="$LINKS" -v ours="${url[$1]}" -v key="$key" -v dir="$dir" 'BEGIN { for (i = 1; i <= n; i++) {
    if (i > 1) print "next"
    printf "url = \"%s/api/v1/links\"\nheader = \"X-Api-Key: %s\"\n", ours, key
    printf "json = \"{\\\"url\\\": \\\"https://example.com/some/path/%d?utm_source=load\\\"}\"\n", i
    printf "output = \"%s/made/%d\"\nwrite-out = \"%%{http_code}\\n\"\n", dir, i } }' >"$dir/make.curl"
  curl -sS --parallel --parallel-max 32 -K "$dir/make.curl" >"$dir/made.codes" 2>"$dir/make.log" ||
    { tail -n 3 "$dir/make.log" >&2; die "making links failed"; }
  [[ $(sort "$dir/made.codes" | uniq -c | xargs) == "$LINKS 201" ]] ||
    die "not every link was made; answers by status: $(sort "$dir/made.codes" | uniq -c | xargs)"
  (cd "$dir/made" && printf '%s\0' * | xargs -0 jq -r \
    '"/\(.alias)\thttps://example.com/some/path/\(input_filename)?utm_source=load"') | sort >"$dir/links.tsv"
}
verify() { # NAME: every link of that server answers 302 with its destination, and no other path does
  sed "s|\t.*||; s|.*|url = \"${url[$1]}&\"\noutput = /dev/null|" "$dir/links.tsv" >"$dir/verify.curl"
  curl -sS -K "$dir/verify.curl" -w '%{http_code}\t%header{location}\n' >"$dir/verify.got" || die "no answer from ${url[$1]}"
  sed 's/[^\t]*/302/' "$dir/links.tsv" | cmp -s - "$dir/verify.got" ||
    die "$1 does not redirect as it should: $(sed 's/[^\t]*/302/' "$dir/links.tsv" | diff - "$dir/verify.got" | sed -n 2,4p)"
  [[ $(curl -s -o /dev/null -w '%{http_code}' "${url[$1]}/zzzzzzz") == 404 ]] || die "$1 does not answer 404 to an unknown alias"
}

# --- the slices ----------------------------------------------------------------------------------
ticks() { # CPU used so far by all processes of session $1, with the children they have waited for
  { cat /proc/[0-9]*/stat 2>/dev/null || true; } | sed 's/.*) //' |
    awk -v s="$1" '$4 == s { t += $12 + $13 + $14 + $15 } END { print t + 0 }'
}
core_ticks() { awk -v c="cpu$SERVER_CORE" '$1 == c { print $2 + $3 + $4 + $7 + $8 + $9 }' /proc/stat; }
metric() { # NAME METRIC: the sum of its samples
  curl -sSf "${url[$1]}/metrics" | awk -v name="shortener_$2" '$1 == name || index($1, name "{") == 1 { sum += $2 } END { print sum + 0 }'
}
by_wrk() { # NAME SECONDS: prints a line of FIGURES
  taskset -c "$LOAD_CORE" wrk -t 1 -c "$CONNECTIONS" -d "$2s" -s "$loadtests/redirects.lua" "${url[$1]}" -- "$dir/links.tsv"
}
load() { # NAME SECONDS -> a line: name, then the columns that measure.awk names
  local TIMEFORMAT='%U %S' before after core figures
  core=$(core_ticks) before=$(ticks "${session[$1]}")
  { time "${driver[$1]:-by_wrk}" "$1" "$2" >"$dir/load.log" 2>&1; } 2>"$dir/load.time" ||
    { cat "$dir/load.log" >&2; die "the load on $1 failed"; }
  after=$(ticks "${session[$1]}") core=$(($(core_ticks) - core))
  figures=$(sed -n 's/^FIGURES //p' "$dir/load.log")
  [[ $(cut -d ' ' -f 3 <<<"$figures") == 0 ]] || { cat "$dir/load.log" >&2; die "errors from $1 under load"; }
  echo "$1 $figures $((after - before)) $core $(cat "$dir/load.time")"
}

slice() { load "$1" "$SECONDS_A_SLICE"; } # NAME; redefined by who adds columns
slices() { # UNIT NAME...: all of them in turn, SLICES times, there and back
  local unit=$1 round i line order; shift
  for ((round = 1; round <= SLICES; round++)); do
    for ((i = 1; i <= $#; i++)); do
      order=$((round % 2 ? i : $# + 1 - i))
      line=$(slice "${!order}")
      echo "$round $line" >>"$dir/slices"
      echo "$unit $round ${!order}" >&2
    done
  done
}

# --- the report ----------------------------------------------------------------------------------
describe_run() { # Markdown: when, of what and where
  echo "- $(date -u '+%F %H:%M') UTC, commit $(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)"
  echo "- ours: \`${SERVER_CMD//"$root/"/}\`;" \
    "$(dotnet --list-runtimes 2>/dev/null | grep AspNetCore | tail -n 1 | cut -d ' ' -f 1,2 || echo 'no dotnet')"
}
wrk_version() { { wrk -v 2>&1 || true; } | head -n 1 | cut -d ' ' -f 1,2; }
describe_machine() { echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(nproc --all) cores"; }
rows() { awk -v hz="$(getconf CLK_TCK)" -f "$loadtests/measure.awk" "$@" "$dir/slices"; } # AWK OPTION...
publish() { # of the report in the working directory
  cat "$dir/report.md"
  if [[ $out ]]; then cp "$dir/report.md" "$out"; fi
}
