# Runs inside the container at its first boot; /share has the package, a newer one, and hold.
. /share/steps.sh

file() { printf '%s\n' "$2" >"/var/spool/sluice/incoming/.$1" && mv "/var/spool/sluice/incoming/.$1" "/var/spool/sluice/incoming/$1"; }
fraud='Your inheritance is ready. Pay the release fee of 450 dollars today, then contact our agent with your full name and bank details.'
clean='The hedge is cut on Saturday. Bring gloves and a rake, please.'
pid() { systemctl show -P MainPID sluiced; }
restarted() { local now; now=$(pid); [ "$now" != 0 ] && [ "$now" != "$1" ] && systemctl is-active -q sluiced; }
placed() { ! find /var/spool/sluice/incoming /var/spool/sluice/work -type f | grep -q .; }

step "the package installs and the service starts" dpkg -i /share/sluice.deb
step "systemd says that it is ready" until_true 30 systemctl is-active -q sluiced
step "it runs as sluice, without capabilities" bash -c '
  p=$(systemctl show -P MainPID sluiced)
  [ "$(stat -c %U /proc/$p)" = sluice ] && grep -q "CapEff:.*0000000000000000" /proc/$p/status &&
  grep -q "NoNewPrivs:.*1" /proc/$p/status && grep -q "Seccomp:.*2" /proc/$p/status'

file a.txt "$clean"
file b.txt "$fraud"
step "a clean file passes" until_true 45 test -f /var/spool/sluice/passed/a.txt
step "a fraud is kept" until_true 45 bash -c '[ "$(find /var/spool/sluice/quarantine -type f ! -name "*.json" | wc -l)" = 1 ]'
useradd -m -G sluice-drop dropper
step "a member of sluice-drop may drop" su dropper -c "printf 'Hello there, rake\n' > /var/spool/sluice/incoming/c.txt"
step "what another user dropped passes" until_true 60 test -f /var/spool/sluice/passed/c.txt
step "others may not drop" bash -c '! su nobody -s /bin/sh -c "touch /var/spool/sluice/incoming/x"'
step "status answers" sluice status
step "the log verifies" sluice log verify

mkdir -p /etc/sluice/rules.d/site-words
cp /share/site-words/* /etc/sluice/rules.d/site-words/
chgrp -R sluice /etc/sluice/rules.d; chmod -R g+rX /etc/sluice/rules.d
before=$(pid)
step "reload with good rules succeeds" systemctl reload sluiced
file d.txt 'The word is plimsoll-kumquat, twice plimsoll-kumquat.'
step "the new rule acts" until_true 45 test -f /var/spool/sluice/annotated/d.txt
step "reload kept the process" test "$before" = "$(pid)"
sed -i 's/kumquat/kumquat)/' /etc/sluice/rules.d/site-words/words.yaml
step "reload with bad rules fails" bash -c '! systemctl reload sluiced'
step "the journal has the place of the mistake" bash -c "journalctl -u sluiced -o cat | grep -E 'words.yaml:[0-9]+:[0-9]+: error'"
file e.txt 'The word is plimsoll-kumquat, twice plimsoll-kumquat.'
step "the old rules still act" until_true 45 test -f /var/spool/sluice/annotated/e.txt
sed -i 's/kumquat)/kumquat/' /etc/sluice/rules.d/site-words/words.yaml
step "reload with mended rules succeeds" systemctl reload sluiced
step "journal entries carry priority and unit" bash -c '
  journalctl -u sluiced -o json | grep -q "\"_SYSTEMD_UNIT\":\"sluiced.service\"" &&
  journalctl -u sluiced -p err -o cat | grep -q .'

p=$(pid)
for n in $(seq 200); do file "k$n.txt" "$clean number $n"; done
kill -9 "$p"
step "it is started again after kill -9" until_true 30 restarted "$p"
step "and nothing is lost" until_true 90 bash -c '[ "$(ls /var/spool/sluice/passed | grep -c "^k")" = 200 ]'

mkdir -p /run/systemd/system/sluiced.service.d
printf '[Service]\nWatchdogSec=3s\n' >/run/systemd/system/sluiced.service.d/watchdog.conf
systemctl daemon-reload; systemctl restart sluiced
step "it starts with a short watchdog" until_true 30 systemctl is-active -q sluiced
p=$(pid)
# A worker hangs with an item in hand: one that takes long enough to be caught at it. What root drops
# is taken in hand once it has been still for spool.settle (30 s).
yes "$clean" 2>/dev/null | head -c 60M >/var/spool/sluice/incoming/.w1.txt
mv /var/spool/sluice/incoming/.w1.txt /var/spool/sluice/incoming/w1.txt
step "a large file is in hand" until_true 60 bash -c "sluice status | grep -q '[1-9] in hand'"
/share/hold "$p" >/run/hold.out & hold=$!
until_true 10 grep -q held /run/hold.out || true
for n in 2 3; do file "w$n.txt" "$clean worker $n"; done
step "a hung worker ends the service by its watchdog" until_true 40 restarted "$p"
step "the journal says so" bash -c "journalctl -u sluiced -o cat | grep -i 'watchdog'"
kill $hold 2>/dev/null || true
# The large file says one thing too often for a rule to be judged, and is held: that is a place too.
step "its files are judged after the restart" until_true 150 placed
step "and the small ones pass" bash -c '[ "$(ls /var/spool/sluice/passed | grep -c "^w[23]")" = 2 ]'
rm -r /run/systemd/system/sluiced.service.d; systemctl daemon-reload; systemctl restart sluiced

for n in $(seq 500); do file "s$n.txt" "$clean stop $n"; done
step "it stops under load" systemctl stop sluiced
step "cleanly" test "$(systemctl show -P Result sluiced)" = success
step "it starts again" systemctl start sluiced
step "and all files of the load pass" until_true 90 bash -c '[ "$(ls /var/spool/sluice/passed | grep -c "^s")" = 500 ]'

step "security exposure at most 0.8" exposure 0.8
mkdir -p /etc/systemd/system/sluiced.service.d
cp /usr/share/doc/sluice/examples/foreign.conf /etc/systemd/system/sluiced.service.d/
systemctl daemon-reload
step "security exposure at most 1.2 with the foreign drop-in" exposure 1.2
sed -i 's/^#spool:/spool:/; s/^#  mode: shared/  mode: foreign/' /etc/sluice/sluice.yaml
step "it starts in foreign mode" systemctl restart sluiced
install -d -m 0700 -o dropper /var/spool/sluice/incoming/private
su dropper -c "printf 'A private rake\n' > /var/spool/sluice/incoming/private/p.txt"
step "a private file of another user is claimed" until_true 60 bash -c 'find /var/spool/sluice/passed -name p.txt | grep -q .'

# Left for the second boot: files claimed and not yet judged.
for n in $(seq 300); do file "r$n.txt" "$clean reboot $n"; done
until_true 10 bash -c 'find /var/spool/sluice/work -type f | grep -q .' || true
systemctl kill -s KILL sluiced
finish
