function __sluice_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sluice_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sluice_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sluice_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sluice_parse_tokens -S
    set -l unparsed_tokens (__sluice_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sluice'
        __sluice_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'init'
            __sluice_parse_subcommand 1 'rules=+' 'version' 'h/help'
        case 'scan'
            __sluice_parse_subcommand -r 1 'rules=+' 'config=' 'json' 'compare=+' 'source=' 'jobs=' 'version' 'h/help'
        case 'explain'
            __sluice_parse_subcommand -r 1 'rules=+' 'config=' 'json' 'reveal' 'source=' 'version' 'h/help'
        case 'rules'
            __sluice_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'check'
                __sluice_parse_subcommand -r 1 'json' 'strict' 'config=' 'version' 'h/help'
            case 'list'
                __sluice_parse_subcommand 0 'rules=+' 'config=' 'json' 'version' 'h/help'
            case 'show'
                __sluice_parse_subcommand 1 'rules=+' 'config=' 'plan' 'version' 'h/help'
            case 'try'
                __sluice_parse_subcommand -r 2 'rules=+' 'config=' 'reveal' 'json' 'version' 'h/help'
            case 'stats'
                __sluice_parse_subcommand 0 'rules=+' 'config=' 'log=' 'since=' 'until=' 'json' 'version' 'h/help'
            case 'sign'
                __sluice_parse_subcommand -r 1 'key=' 'version' 'h/help'
            end
        case 'eval'
            __sluice_parse_subcommand -r 1 'rules=+' 'config=' 'profile=+' 'by=' 'map=' 'groups=' 'keep-duplicates' 'evade=+' 'json' 'html=' 'decisions=' 'benign=+' 'passage=' 'compare=+' 'floors=' 'samples=' 'seed=' 'reveal' 'jobs=' 'version' 'h/help'
        case 'quarantine'
            __sluice_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __sluice_parse_subcommand 0 'config=' 'spool=' 'log=' 'rules=+' 'socket=' 'json' 'in=' 'source=' 'harm=' 'rule=' 'only-rule=' 'unreviewed' 'version' 'h/help'
            case 'show'
                __sluice_parse_subcommand 1 'config=' 'spool=' 'log=' 'rules=+' 'socket=' 'json' 'reveal' 'reason=' 'version' 'h/help'
            case 'next'
                __sluice_parse_subcommand 0 'config=' 'spool=' 'log=' 'rules=+' 'socket=' 'json' 'in=' 'source=' 'harm=' 'rule=' 'only-rule=' 'after=' 'version' 'h/help'
            case 'release'
                __sluice_parse_subcommand -r 1 'config=' 'spool=' 'log=' 'rules=+' 'socket=' 'json' 'only-rule=' 'reason=' 'report=' 'to=' 'no-allow' 'version' 'h/help'
            case 'confirm'
                __sluice_parse_subcommand -r 1 'config=' 'spool=' 'log=' 'rules=+' 'socket=' 'json' 'reason=' 'version' 'h/help'
            case 'delete'
                __sluice_parse_subcommand -r 1 'config=' 'spool=' 'log=' 'rules=+' 'socket=' 'json' 'reason=' 'report=' 'version' 'h/help'
            case 'rescan'
                __sluice_parse_subcommand -r 1 'config=' 'spool=' 'log=' 'rules=+' 'socket=' 'json' 'reason=' 'version' 'h/help'
            case 'hold'
                __sluice_parse_subcommand -r 1 'config=' 'spool=' 'log=' 'rules=+' 'socket=' 'json' 'reason=' 'free' 'version' 'h/help'
            case 'allowances'
                __sluice_parse_subcommand 0 'config=' 'spool=' 'log=' 'rules=+' 'socket=' 'json' 'revoke=' 'rule=' 'reason=' 'version' 'h/help'
            end
        case 'log'
            __sluice_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'verify'
                __sluice_parse_subcommand 0 'log=' 'config=' 'checkpoint=' 'key=' 'json' 'version' 'h/help'
            case 'show'
                __sluice_parse_subcommand 0 'log=' 'config=' 'item=' 'event=' 'verdict=' 'source=' 'rule=' 'since=' 'until=' 'json' 'last=' 'version' 'h/help'
            case 'follow'
                __sluice_parse_subcommand 0 'log=' 'config=' 'item=' 'event=' 'verdict=' 'source=' 'rule=' 'since=' 'until=' 'json' 'version' 'h/help'
            case 'prove'
                __sluice_parse_subcommand 1 'log=' 'config=' 'check=' 'key=' 'version' 'h/help'
            end
        case 'fsck'
            __sluice_parse_subcommand 1 'log=' 'config=' 'dropped=' 'key=' 'repair' 'json' 'version' 'h/help'
        case 'status'
            __sluice_parse_subcommand 0 'socket=' 'config=' 'json' 'version' 'h/help'
        case 'reload'
            __sluice_parse_subcommand 0 'socket=' 'config=' 'json' 'version' 'h/help'
        case 'help'
            __sluice_parse_subcommand -r 1 'version'
        end
    end
end

function __sluice_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sluice_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __sluice_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sluice_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sluice_tokens -p)
    if test -z "$(__sluice_tokens -t)"
        set -l index (count (__sluice_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sluice' -f
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'init' -d 'Lay out a spool, a log, a configuration and sample items to try.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'scan' -d 'Judge files where they lie; moves nothing.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'explain' -d 'Say why a file is judged as it is: findings, score arithmetic, near misses.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'rules' -d 'Check, list, show, try, count and sign rule packs.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'eval' -d 'Measure rules on labelled texts: recall, false alarms, the rules that carry or hurt.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'quarantine' -d 'Review what was quarantined or held.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'log' -d 'Verify, show and follow the log of decisions.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'fsck' -d 'Check a spool against its log: every file in one place, where its record says.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'status' -d 'Ask the running daemon what it does and with which rules.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'reload' -d 'Make the running daemon read its rules and configuration again, and wait for it.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init"' -l 'rules' -d 'Packs that the configuration shall name.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice scan"' -l 'rules' -d 'A pack, a directory of packs, or a directory with overrides; may be given again.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice scan" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice scan" json' -l 'json' -d 'One JSON object a file, one a line.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice scan"' -l 'compare' -d 'List what other rules would decide instead.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice scan" source' -l 'source' -d 'Judge as if the files had come from this source.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice scan" jobs' -l 'jobs' -d 'How many files are judged at once; 0 is one a core.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice scan" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice scan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice explain"' -l 'rules' -d 'A pack, a directory of packs, or a directory with overrides; may be given again.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice explain" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice explain" json' -l 'json' -d 'One JSON object a file, one a line.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice explain" reveal' -l 'reveal' -d 'Show matched texts in full, not masked.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice explain" source' -l 'source' -d 'Judge as if the file had come from this source.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice explain" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice explain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice rules" -eq 1' -fa 'check' -d 'Check packs and overrides, and run their embedded tests.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice rules" -eq 1' -fa 'list' -d 'List packs and rules with severity and mode.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice rules" -eq 1' -fa 'show' -d 'Show a rule: why it is one, its patterns and its condition.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice rules" -eq 1' -fa 'try' -d 'Try one rule on files: hits, near misses, and the part of the condition that failed.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice rules" -eq 1' -fa 'stats' -d 'Say from the log what each rule did: hits, releases, cost, last hit.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice rules" -eq 1' -fa 'sign' -d 'Write a pack\'s SHA256SUMS and sign it with an OpenSSH key.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules check" json' -l 'json' -d 'One JSON object a problem, one a line.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules check" strict' -l 'strict' -d 'Warnings count as errors.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules check" config' -l 'config' -d 'The configuration file, for trusted keys and lists.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules check" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules list"' -l 'rules' -d 'A pack, a directory of packs, or a directory with overrides; may be given again.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules list" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules list" json' -l 'json' -d 'One JSON object a rule, one a line.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules list" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules show"' -l 'rules' -d 'A pack, a directory of packs, or a directory with overrides; may be given again.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules show" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules show" plan' -l 'plan' -d 'Also show how each pattern is searched for.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules show" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules try"' -l 'rules' -d 'A pack, a directory of packs, or a directory with overrides; may be given again.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules try" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules try" reveal' -l 'reveal' -d 'Show matched texts in full, not masked.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules try" json' -l 'json' -d 'One JSON object a file, one a line.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules try" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules try" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules stats"' -l 'rules' -d 'A pack, a directory of packs, or a directory with overrides; may be given again.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules stats" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules stats" log' -l 'log' -d 'The log\'s directory.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules stats" since' -l 'since' -d 'Records from this moment on.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules stats" until' -l 'until' -d 'Records up to this moment.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules stats" json' -l 'json' -d 'One JSON object a rule, one a line.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules stats" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules stats" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules sign" key' -l 'key' -d 'An unencrypted OpenSSH private key; without it, only the sums are written.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules sign" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice rules sign" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval"' -l 'rules' -d 'A pack, a directory of packs, or a directory with overrides; may be given again.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval"' -l 'profile' -d 'Judge under this profile; may be given again.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" by' -l 'by' -d 'List by harm, rule, dataset, lang or group.' -rfka 'harm rule dataset lang group'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" map' -l 'map' -d 'Which packs are right for each category: a JSON object of lists.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" groups' -l 'groups' -d 'Words that say whom a text is about: a JSON object of lists, for --by group.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" keep-duplicates' -l 'keep-duplicates' -d 'Count near-duplicates like other rows, as it takes to compare groups of one template.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval"' -l 'evade' -d 'Also judge every text in a disguise, or in all; may be given again.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" json' -l 'json' -d 'The whole report as one JSON object.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" html' -l 'html' -d 'Write a report with curves.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" decisions' -l 'decisions' -d 'Write one object a row, in order: line, verdict, scores, rules.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval"' -l 'benign' -d 'Files of harmless text: what is found in a million lines of it.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" passage' -l 'passage' -d 'Lines of harmless text that are judged as one item; 1 takes each alone.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval"' -l 'compare' -d 'Show row by row what changing from one set of rules to another does.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" floors' -l 'floors' -d 'Fail where a source is below its floor in this file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" samples' -l 'samples' -d 'Misses and false alarms to sample of each source.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" seed' -l 'seed' -d 'Which rows are sampled, and how disguises fall.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" reveal' -l 'reveal' -d 'Show sampled texts in full, not masked.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" jobs' -l 'jobs' -d 'How many texts are judged at once; 0 is one a core.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice eval" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice quarantine" -eq 1' -fa 'list' -d 'List what is kept, the oldest first.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice quarantine" -eq 1' -fa 'show' -d 'Show why an item is kept; its text is masked.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice quarantine" -eq 1' -fa 'next' -d 'Show the oldest item that nobody reviewed: its harm first, never its text.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice quarantine" -eq 1' -fa 'release' -d 'Put items back as they were dropped, into passed/ or by --to to a place of yours.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice quarantine" -eq 1' -fa 'confirm' -d 'Say that the verdict was right: the items stay, and \'next\' no longer offers them.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice quarantine" -eq 1' -fa 'delete' -d 'Delete items for good.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice quarantine" -eq 1' -fa 'rescan' -d 'Judge items anew under the rules of now, and do what they say.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice quarantine" -eq 1' -fa 'hold' -d 'Hold items as evidence: neither released, deleted nor expired until freed.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice quarantine" -eq 1' -fa 'allowances' -d 'List which released content may come again, or revoke that.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" spool' -l 'spool' -d 'The spool, where no config names it.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" log' -l 'log' -d 'The log, with --spool.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list"' -l 'rules' -d 'Rules for a rescan where no daemon runs; repeatable.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" socket' -l 'socket' -d 'The daemon\'s control socket.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" json' -l 'json' -d 'JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" in' -l 'in' -d 'Only \'quarantine\' or only \'held\'.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" source' -l 'source' -d 'Items of one source.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" harm' -l 'harm' -d 'Items with a score for one harm.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" rule' -l 'rule' -d 'Items that one rule hit, by its id.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" only-rule' -l 'only-rule' -d 'Items that nothing but this rule hit.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" unreviewed' -l 'unreviewed' -d 'Leave out what a reviewer confirmed.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine show" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine show" spool' -l 'spool' -d 'The spool, where no config names it.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine show" log' -l 'log' -d 'The log, with --spool.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine show"' -l 'rules' -d 'Rules for a rescan where no daemon runs; repeatable.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine show" socket' -l 'socket' -d 'The daemon\'s control socket.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine show" json' -l 'json' -d 'JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine show" reveal' -l 'reveal' -d 'Show the matched texts. Recorded before anything is shown.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine show" reason' -l 'reason' -d 'Why the text has to be seen; for the record.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine show" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" spool' -l 'spool' -d 'The spool, where no config names it.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" log' -l 'log' -d 'The log, with --spool.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next"' -l 'rules' -d 'Rules for a rescan where no daemon runs; repeatable.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" socket' -l 'socket' -d 'The daemon\'s control socket.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" json' -l 'json' -d 'JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" in' -l 'in' -d 'Only \'quarantine\' or only \'held\'.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" source' -l 'source' -d 'Items of one source.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" harm' -l 'harm' -d 'Items with a score for one harm.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" rule' -l 'rule' -d 'Items that one rule hit, by its id.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" only-rule' -l 'only-rule' -d 'Items that nothing but this rule hit.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" after' -l 'after' -d 'Skip this item and those before it.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine next" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release" spool' -l 'spool' -d 'The spool, where no config names it.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release" log' -l 'log' -d 'The log, with --spool.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release"' -l 'rules' -d 'Rules for a rescan where no daemon runs; repeatable.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release" socket' -l 'socket' -d 'The daemon\'s control socket.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release" json' -l 'json' -d 'JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release" only-rule' -l 'only-rule' -d 'Release all items that nothing but this rule hit.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release" reason' -l 'reason' -d 'Why; \'false-positive\' says that the rules were wrong.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release" report' -l 'report' -d 'The reference of the report that a sealed item needs.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release" to' -l 'to' -d 'Write the one item to this new file, with your own rights.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release" no-allow' -l 'no-allow' -d 'Hold the same content again when it comes again.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine release" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine confirm" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine confirm" spool' -l 'spool' -d 'The spool, where no config names it.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine confirm" log' -l 'log' -d 'The log, with --spool.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine confirm"' -l 'rules' -d 'Rules for a rescan where no daemon runs; repeatable.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine confirm" socket' -l 'socket' -d 'The daemon\'s control socket.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine confirm" json' -l 'json' -d 'JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine confirm" reason' -l 'reason' -d 'A remark for the record.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine confirm" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine confirm" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine delete" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine delete" spool' -l 'spool' -d 'The spool, where no config names it.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine delete" log' -l 'log' -d 'The log, with --spool.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine delete"' -l 'rules' -d 'Rules for a rescan where no daemon runs; repeatable.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine delete" socket' -l 'socket' -d 'The daemon\'s control socket.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine delete" json' -l 'json' -d 'JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine delete" reason' -l 'reason' -d 'Why; for the record.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine delete" report' -l 'report' -d 'The reference of the report that a sealed item needs.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine delete" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine delete" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine rescan" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine rescan" spool' -l 'spool' -d 'The spool, where no config names it.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine rescan" log' -l 'log' -d 'The log, with --spool.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine rescan"' -l 'rules' -d 'Rules for a rescan where no daemon runs; repeatable.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine rescan" socket' -l 'socket' -d 'The daemon\'s control socket.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine rescan" json' -l 'json' -d 'JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine rescan" reason' -l 'reason' -d 'A remark for the record.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine rescan" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine rescan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine hold" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine hold" spool' -l 'spool' -d 'The spool, where no config names it.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine hold" log' -l 'log' -d 'The log, with --spool.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine hold"' -l 'rules' -d 'Rules for a rescan where no daemon runs; repeatable.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine hold" socket' -l 'socket' -d 'The daemon\'s control socket.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine hold" json' -l 'json' -d 'JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine hold" reason' -l 'reason' -d 'Why; for the record.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine hold" free' -l 'free' -d 'Free them again.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine hold" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine hold" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine allowances" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine allowances" spool' -l 'spool' -d 'The spool, where no config names it.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine allowances" log' -l 'log' -d 'The log, with --spool.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine allowances"' -l 'rules' -d 'Rules for a rescan where no daemon runs; repeatable.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine allowances" socket' -l 'socket' -d 'The daemon\'s control socket.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine allowances" json' -l 'json' -d 'JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine allowances" revoke' -l 'revoke' -d 'Revoke the allowances of this content.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine allowances" rule' -l 'rule' -d 'With --revoke: only of this rule.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine allowances" reason' -l 'reason' -d 'With --revoke: why; for the record.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine allowances" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice quarantine allowances" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice log" -eq 1' -fa 'verify' -d 'Verify the chain and the checkpoints, and name the first broken line.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice log" -eq 1' -fa 'show' -d 'Show records, oldest first.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice log" -eq 1' -fa 'follow' -d 'Show new records as they are written, until interrupted.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice log" -eq 1' -fa 'prove' -d 'Prove that one record is in the log, without the others.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log verify" log' -l 'log' -d 'The log\'s directory.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log verify" config' -l 'config' -d 'The configuration file that names the log.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log verify" checkpoint' -l 'checkpoint' -d 'A checkpoint that was kept elsewhere.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log verify" key' -l 'key' -d 'The log\'s public key (log.pub); without it, the one beside the log or in the state directory.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log verify" json' -l 'json' -d 'The outcome as one JSON object.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log verify" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" log' -l 'log' -d 'The log\'s directory.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" config' -l 'config' -d 'The configuration file that names the log.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" item' -l 'item' -d 'Records of one item, by its id.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" event' -l 'event' -d 'Events of one kind, such as item.held; \'item\' takes all of items.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" verdict' -l 'verdict' -d 'Decisions of one verdict: pass, annotate, quarantine, hold.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" source' -l 'source' -d 'Items of one source.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" rule' -l 'rule' -d 'Decisions in which a rule was found, by its id.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" since' -l 'since' -d 'Records from this moment on.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" until' -l 'until' -d 'Records up to this moment.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" json' -l 'json' -d 'The records as they stand in the log, one a line.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" last' -l 'last' -d 'Only the last so many.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log follow" log' -l 'log' -d 'The log\'s directory.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log follow" config' -l 'config' -d 'The configuration file that names the log.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log follow" item' -l 'item' -d 'Records of one item, by its id.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log follow" event' -l 'event' -d 'Events of one kind, such as item.held; \'item\' takes all of items.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log follow" verdict' -l 'verdict' -d 'Decisions of one verdict: pass, annotate, quarantine, hold.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log follow" source' -l 'source' -d 'Items of one source.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log follow" rule' -l 'rule' -d 'Decisions in which a rule was found, by its id.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log follow" since' -l 'since' -d 'Records from this moment on.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log follow" until' -l 'until' -d 'Records up to this moment.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log follow" json' -l 'json' -d 'The records as they stand in the log, one a line.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log follow" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log follow" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log prove" log' -l 'log' -d 'The log\'s directory.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log prove" config' -l 'config' -d 'The configuration file that names the log.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log prove" check' -l 'check' -d 'Check this proof and print its record.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log prove" key' -l 'key' -d 'The log\'s public key (log.pub).' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log prove" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice log prove" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice fsck" log' -l 'log' -d 'The log of that spool.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice fsck" config' -l 'config' -d 'The configuration file.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice fsck" dropped' -l 'dropped' -d 'What was dropped: a JSON object a line, {"name": …, "sha256": …}.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice fsck" key' -l 'key' -d 'The log\'s public key (log.pub); without it, the one beside the log or in the state directory.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice fsck" repair' -l 'repair' -d 'Mend what follows from the log, with a record of each step.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice fsck" json' -l 'json' -d 'One JSON object.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice fsck" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice fsck" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice status" socket' -l 'socket' -d 'The daemon\'s control socket.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice status" config' -l 'config' -d 'The configuration file, for the control socket\'s place.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice status" json' -l 'json' -d 'One JSON object.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice status" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice reload" socket' -l 'socket' -d 'The daemon\'s control socket.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice reload" config' -l 'config' -d 'The configuration file, for the control socket\'s place.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice reload" json' -l 'json' -d 'One JSON object.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice reload" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice reload" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice help" version' -l 'version' -d 'Show the version.'
