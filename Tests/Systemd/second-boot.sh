# Runs inside the container at its second boot, over what the first one left.
. /share/steps.sh
step "the service is up after the boot" until_true 60 systemctl is-active -q sluiced
step "what lay in work/ is finished" until_true 90 bash -c '[ "$(ls /var/spool/sluice/passed | grep -c "^r")" = 300 ]'
step "the log verifies over both boots" sluice log verify

echo '# a line of the site' >>/etc/sluice/sluice.yaml
systemctl kill -s STOP sluiced
for n in $(seq 100); do printf 'The hedge, upgrade %s\n' "$n" >"/var/spool/sluice/incoming/u$n.txt"; done
systemctl kill -s CONT sluiced
step "a newer version installs over it" dpkg --force-confold -i /share/newer.deb
step "the service runs after the upgrade" until_true 60 systemctl is-active -q sluiced
step "the site's config is kept" grep -q 'a line of the site' /etc/sluice/sluice.yaml
step "the site's rules are kept" test -f /etc/sluice/rules.d/site-words/words.yaml
step "what was under way is finished" until_true 90 bash -c '[ "$(ls /var/spool/sluice/passed | grep -c "^u")" = 100 ]'

# What the administrator put outside of the package is theirs to remove.
rm -r /etc/systemd/system/sluiced.service.d
kept=$(find /var/spool/sluice/quarantine -type f ! -name '*.json' | wc -l)
dpkg --purge sluice 2>/share/purge.log
step "purge says what it keeps" grep -q '/var/spool/sluice /var/log/sluice' /share/purge.log
step "purge keeps the quarantine" test "$kept" = "$(find /var/spool/sluice/quarantine -type f ! -name '*.json' | wc -l)"
step "purge keeps the log and the key to verify it" bash -c 'ls /var/log/sluice/actions*.jsonl /var/log/sluice/log.pub'
step "nothing else is left" bash -c '
  left=$(find / -xdev \( -path /proc -o -path /sys -o -path /share -o -path /var/spool/sluice -o -path /var/log/sluice -o -path /var/log/journal -o -path /var/lib/systemd \) -prune -o -iname "*sluice*" -print | grep -v "^/run/" || true)
  [ -z "$left" ] || { echo "$left"; exit 1; }'
finish
