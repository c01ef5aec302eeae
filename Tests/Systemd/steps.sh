# Steps of the tests inside the container: each prints ok or FAILED, the end says how many.
set -u
good=0
bad=0
step() {
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then
    good=$((good + 1)); echo "ok      $name"
  else
    bad=$((bad + 1)); echo "FAILED  $name"; echo "$output" | tail -20 | sed 's/^/        /'
  fi
}
until_true() { # until_true SECONDS COMMAND…
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}
exposure() { # at most so much by systemd-analyze security
  local text
  text=$(systemd-analyze security --no-pager sluiced.service | tail -1)
  echo "$text"
  echo "$text" | sed 's/.*: \([0-9.]*\) .*/\1/' | awk -v most="$1" '{ exit !($1 <= most) }'
}
finish() {
  [ "$bad" -eq 0 ] || { journalctl -u sluiced --no-pager | tail -40; }
  echo "$good ok, $bad failed"
  [ "$bad" -eq 0 ]
}
