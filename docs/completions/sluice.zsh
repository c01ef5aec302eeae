#compdef sluice

__sluice_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__sluice_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __sluice_complete "${completions[@]:0:-1}"
    fi
}

__sluice_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_sluice() {
    emulate -RL zsh -G
    setopt extendedglob nullglob numericglobsort
    unsetopt aliases banghist

    local -xr SAP_SHELL=zsh
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(builtin emulate zsh -c 'printf %s "${ZSH_VERSION}"')"
    local -r SAP_SHELL_VERSION

    local context state state_descr line
    local -A opt_args

    local -r command_name="${words[1]}"
    local -ar command_line=("${words[@]}")
    local -ir current_word_index="$((CURRENT - 1))"

    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'init:Lay out a spool, a log, a configuration and sample items to try.'
            'scan:Judge files where they lie; moves nothing.'
            'explain:Say why a file is judged as it is: findings, score arithmetic, near misses.'
            'rules:Check, list, show, try, count and sign rule packs.'
            'eval:Measure rules on labelled texts: recall, false alarms, the rules that carry or hurt.'
            'quarantine:Review what was quarantined or held.'
            'log:Verify, show and follow the log of decisions.'
            'fsck:Check a spool against its log: every file in one place, where its record says.'
            'status:Ask the running daemon what it does and with which rules.'
            'reload:Make the running daemon read its rules and configuration again, and wait for it.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        init|scan|explain|rules|eval|quarantine|log|fsck|status|reload|help)
            "_sluice_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sluice_init() {
    local -i ret=1
    local -ar arg_specs=(
        '*--rules[Packs that the configuration shall name.]:dir:'
        ':dir:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_scan() {
    local -i ret=1
    local -ar arg_specs=(
        '*--rules[A pack, a directory of packs, or a directory with overrides; may be given again.]:dir:'
        '--config[The configuration file.]:config:'
        '--json[One JSON object a file, one a line.]'
        '*--compare[List what other rules would decide instead.]:dir:'
        '--source[Judge as if the files had come from this source.]:source:'
        '--jobs[How many files are judged at once; 0 is one a core.]:jobs:'
        '*:path:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_explain() {
    local -i ret=1
    local -ar arg_specs=(
        '*--rules[A pack, a directory of packs, or a directory with overrides; may be given again.]:dir:'
        '--config[The configuration file.]:config:'
        '--json[One JSON object a file, one a line.]'
        '--reveal[Show matched texts in full, not masked.]'
        '--source[Judge as if the file had come from this source.]:source:'
        '*:path:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_rules() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'check:Check packs and overrides, and run their embedded tests.'
            'list:List packs and rules with severity and mode.'
            'show:Show a rule: why it is one, its patterns and its condition.'
            'try:Try one rule on files: hits, near misses, and the part of the condition that failed.'
            'stats:Say from the log what each rule did: hits, releases, cost, last hit.'
            'sign:Write a pack'\''s SHA256SUMS and sign it with an OpenSSH key.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        check|list|show|try|stats|sign)
            "_sluice_rules_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sluice_rules_check() {
    local -i ret=1
    local -ar arg_specs=(
        '--json[One JSON object a problem, one a line.]'
        '--strict[Warnings count as errors.]'
        '--config[The configuration file, for trusted keys and lists.]:config:'
        '*:dir:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_rules_list() {
    local -i ret=1
    local -ar arg_specs=(
        '*--rules[A pack, a directory of packs, or a directory with overrides; may be given again.]:dir:'
        '--config[The configuration file.]:config:'
        '--json[One JSON object a rule, one a line.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_rules_show() {
    local -i ret=1
    local -ar arg_specs=(
        '*--rules[A pack, a directory of packs, or a directory with overrides; may be given again.]:dir:'
        '--config[The configuration file.]:config:'
        '--plan[Also show how each pattern is searched for.]'
        ':id:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_rules_try() {
    local -i ret=1
    local -ar arg_specs=(
        '*--rules[A pack, a directory of packs, or a directory with overrides; may be given again.]:dir:'
        '--config[The configuration file.]:config:'
        '--reveal[Show matched texts in full, not masked.]'
        '--json[One JSON object a file, one a line.]'
        ':id:'
        '*:path:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_rules_stats() {
    local -i ret=1
    local -ar arg_specs=(
        '*--rules[A pack, a directory of packs, or a directory with overrides; may be given again.]:dir:'
        '--config[The configuration file.]:config:'
        '--log[The log'\''s directory.]:dir:'
        '--since[Records from this moment on.]:rfc3339:'
        '--until[Records up to this moment.]:rfc3339:'
        '--json[One JSON object a rule, one a line.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_rules_sign() {
    local -i ret=1
    local -ar arg_specs=(
        '--key[An unencrypted OpenSSH private key; without it, only the sums are written.]:key:'
        '*:pack:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_eval() {
    local -i ret=1
    local -ar ___by=('harm' 'rule' 'dataset' 'lang' 'group')
    local -ar arg_specs=(
        '*--rules[A pack, a directory of packs, or a directory with overrides; may be given again.]:dir:'
        '--config[The configuration file.]:config:'
        '*--profile[Judge under this profile; may be given again.]:profile:'
        '--by[List by harm, rule, dataset, lang or group.]:by:{__sluice_complete "${___by[@]}"}'
        '--map[Which packs are right for each category\: a JSON object of lists.]:file:'
        '--groups[Words that say whom a text is about\: a JSON object of lists, for --by group.]:file:'
        '--keep-duplicates[Count near-duplicates like other rows, as it takes to compare groups of one template.]'
        '*--evade[Also judge every text in a disguise, or in all; may be given again.]:name:'
        '--json[The whole report as one JSON object.]'
        '--html[Write a report with curves.]:file:'
        '--decisions[Write one object a row, in order\: line, verdict, scores, rules.]:file:'
        '--benign[Files of harmless text\: what is found in a million lines of it.]:file:'
        '--passage[Lines of harmless text that are judged as one item; 1 takes each alone.]:passage:'
        '--compare[Show row by row what changing from one set of rules to another does.]:old> <new:'
        '--floors[Fail where a source is below its floor in this file.]:file:'
        '--samples[Misses and false alarms to sample of each source.]:samples:'
        '--seed[Which rows are sampled, and how disguises fall.]:seed:'
        '--reveal[Show sampled texts in full, not masked.]'
        '--jobs[How many texts are judged at once; 0 is one a core.]:jobs:'
        '*:file.jsonl:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_quarantine() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'list:List what is kept, the oldest first.'
            'show:Show why an item is kept; its text is masked.'
            'next:Show the oldest item that nobody reviewed: its harm first, never its text.'
            'release:Put items back as they were dropped, into passed/ or by --to to a place of yours.'
            'confirm:Say that the verdict was right: the items stay, and '\''next'\'' no longer offers them.'
            'delete:Delete items for good.'
            'rescan:Judge items anew under the rules of now, and do what they say.'
            'hold:Hold items as evidence: neither released, deleted nor expired until freed.'
            'allowances:List which released content may come again, or revoke that.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        list|show|next|release|confirm|delete|rescan|hold|allowances)
            "_sluice_quarantine_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sluice_quarantine_list() {
    local -i ret=1
    local -ar arg_specs=(
        '--config[The configuration file.]:config:'
        '--spool[The spool, where no config names it.]:dir:'
        '--log[The log, with --spool.]:dir:'
        '*--rules[Rules for a rescan where no daemon runs; repeatable.]:dir:'
        '--socket[The daemon'\''s control socket.]:socket:'
        '--json[JSON.]'
        '--in[Only '\''quarantine'\'' or only '\''held'\''.]:in:'
        '--source[Items of one source.]:source:'
        '--harm[Items with a score for one harm.]:harm:'
        '--rule[Items that one rule hit, by its id.]:rule:'
        '--only-rule[Items that nothing but this rule hit.]:only-rule:'
        '--unreviewed[Leave out what a reviewer confirmed.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_quarantine_show() {
    local -i ret=1
    local -ar arg_specs=(
        '--config[The configuration file.]:config:'
        '--spool[The spool, where no config names it.]:dir:'
        '--log[The log, with --spool.]:dir:'
        '*--rules[Rules for a rescan where no daemon runs; repeatable.]:dir:'
        '--socket[The daemon'\''s control socket.]:socket:'
        '--json[JSON.]'
        ':item:'
        '--reveal[Show the matched texts. Recorded before anything is shown.]'
        '--reason[Why the text has to be seen; for the record.]:reason:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_quarantine_next() {
    local -i ret=1
    local -ar arg_specs=(
        '--config[The configuration file.]:config:'
        '--spool[The spool, where no config names it.]:dir:'
        '--log[The log, with --spool.]:dir:'
        '*--rules[Rules for a rescan where no daemon runs; repeatable.]:dir:'
        '--socket[The daemon'\''s control socket.]:socket:'
        '--json[JSON.]'
        '--in[Only '\''quarantine'\'' or only '\''held'\''.]:in:'
        '--source[Items of one source.]:source:'
        '--harm[Items with a score for one harm.]:harm:'
        '--rule[Items that one rule hit, by its id.]:rule:'
        '--only-rule[Items that nothing but this rule hit.]:only-rule:'
        '--after[Skip this item and those before it.]:after:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_quarantine_release() {
    local -i ret=1
    local -ar arg_specs=(
        '--config[The configuration file.]:config:'
        '--spool[The spool, where no config names it.]:dir:'
        '--log[The log, with --spool.]:dir:'
        '*--rules[Rules for a rescan where no daemon runs; repeatable.]:dir:'
        '--socket[The daemon'\''s control socket.]:socket:'
        '--json[JSON.]'
        '*:items:'
        '--only-rule[Release all items that nothing but this rule hit.]:only-rule:'
        '--reason[Why; '\''false-positive'\'' says that the rules were wrong.]:reason:'
        '--report[The reference of the report that a sealed item needs.]:report:'
        '--to[Write the one item to this new file, with your own rights.]:to:'
        '--no-allow[Hold the same content again when it comes again.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_quarantine_confirm() {
    local -i ret=1
    local -ar arg_specs=(
        '--config[The configuration file.]:config:'
        '--spool[The spool, where no config names it.]:dir:'
        '--log[The log, with --spool.]:dir:'
        '*--rules[Rules for a rescan where no daemon runs; repeatable.]:dir:'
        '--socket[The daemon'\''s control socket.]:socket:'
        '--json[JSON.]'
        '*:items:'
        '--reason[A remark for the record.]:reason:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_quarantine_delete() {
    local -i ret=1
    local -ar arg_specs=(
        '--config[The configuration file.]:config:'
        '--spool[The spool, where no config names it.]:dir:'
        '--log[The log, with --spool.]:dir:'
        '*--rules[Rules for a rescan where no daemon runs; repeatable.]:dir:'
        '--socket[The daemon'\''s control socket.]:socket:'
        '--json[JSON.]'
        '*:items:'
        '--reason[Why; for the record.]:reason:'
        '--report[The reference of the report that a sealed item needs.]:report:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_quarantine_rescan() {
    local -i ret=1
    local -ar arg_specs=(
        '--config[The configuration file.]:config:'
        '--spool[The spool, where no config names it.]:dir:'
        '--log[The log, with --spool.]:dir:'
        '*--rules[Rules for a rescan where no daemon runs; repeatable.]:dir:'
        '--socket[The daemon'\''s control socket.]:socket:'
        '--json[JSON.]'
        '*:items:'
        '--reason[A remark for the record.]:reason:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_quarantine_hold() {
    local -i ret=1
    local -ar arg_specs=(
        '--config[The configuration file.]:config:'
        '--spool[The spool, where no config names it.]:dir:'
        '--log[The log, with --spool.]:dir:'
        '*--rules[Rules for a rescan where no daemon runs; repeatable.]:dir:'
        '--socket[The daemon'\''s control socket.]:socket:'
        '--json[JSON.]'
        '*:items:'
        '--reason[Why; for the record.]:reason:'
        '--free[Free them again.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_quarantine_allowances() {
    local -i ret=1
    local -ar arg_specs=(
        '--config[The configuration file.]:config:'
        '--spool[The spool, where no config names it.]:dir:'
        '--log[The log, with --spool.]:dir:'
        '*--rules[Rules for a rescan where no daemon runs; repeatable.]:dir:'
        '--socket[The daemon'\''s control socket.]:socket:'
        '--json[JSON.]'
        '--revoke[Revoke the allowances of this content.]:revoke:'
        '--rule[With --revoke\: only of this rule.]:rule:'
        '--reason[With --revoke\: why; for the record.]:reason:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_log() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'verify:Verify the chain and the checkpoints, and name the first broken line.'
            'show:Show records, oldest first.'
            'follow:Show new records as they are written, until interrupted.'
            'prove:Prove that one record is in the log, without the others.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        verify|show|follow|prove)
            "_sluice_log_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_sluice_log_verify() {
    local -i ret=1
    local -ar arg_specs=(
        '--log[The log'\''s directory.]:dir:'
        '--config[The configuration file that names the log.]:config:'
        '--checkpoint[A checkpoint that was kept elsewhere.]:file:'
        '--key[The log'\''s public key (log.pub); without it, the one beside the log or in the state directory.]:file:'
        '--json[The outcome as one JSON object.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_log_show() {
    local -i ret=1
    local -ar arg_specs=(
        '--log[The log'\''s directory.]:dir:'
        '--config[The configuration file that names the log.]:config:'
        '--item[Records of one item, by its id.]:item:'
        '--event[Events of one kind, such as item.held; '\''item'\'' takes all of items.]:event:'
        '--verdict[Decisions of one verdict\: pass, annotate, quarantine, hold.]:verdict:'
        '--source[Items of one source.]:source:'
        '--rule[Decisions in which a rule was found, by its id.]:rule:'
        '--since[Records from this moment on.]:rfc3339:'
        '--until[Records up to this moment.]:rfc3339:'
        '--json[The records as they stand in the log, one a line.]'
        '--last[Only the last so many.]:last:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_log_follow() {
    local -i ret=1
    local -ar arg_specs=(
        '--log[The log'\''s directory.]:dir:'
        '--config[The configuration file that names the log.]:config:'
        '--item[Records of one item, by its id.]:item:'
        '--event[Events of one kind, such as item.held; '\''item'\'' takes all of items.]:event:'
        '--verdict[Decisions of one verdict\: pass, annotate, quarantine, hold.]:verdict:'
        '--source[Items of one source.]:source:'
        '--rule[Decisions in which a rule was found, by its id.]:rule:'
        '--since[Records from this moment on.]:rfc3339:'
        '--until[Records up to this moment.]:rfc3339:'
        '--json[The records as they stand in the log, one a line.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_log_prove() {
    local -i ret=1
    local -ar arg_specs=(
        '--log[The log'\''s directory.]:dir:'
        '--config[The configuration file that names the log.]:config:'
        ':seq:'
        '--check[Check this proof and print its record.]:file:'
        '--key[The log'\''s public key (log.pub).]:file:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_fsck() {
    local -i ret=1
    local -ar arg_specs=(
        ':spool:'
        '--log[The log of that spool.]:dir:'
        '--config[The configuration file.]:config:'
        '--dropped[What was dropped\: a JSON object a line, {"name"\: …, "sha256"\: …}.]:file:'
        '--key[The log'\''s public key (log.pub); without it, the one beside the log or in the state directory.]:file:'
        '--repair[Mend what follows from the log, with a record of each step.]'
        '--json[One JSON object.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_status() {
    local -i ret=1
    local -ar arg_specs=(
        '--socket[The daemon'\''s control socket.]:socket:'
        '--config[The configuration file, for the control socket'\''s place.]:config:'
        '--json[One JSON object.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_reload() {
    local -i ret=1
    local -ar arg_specs=(
        '--socket[The daemon'\''s control socket.]:socket:'
        '--config[The configuration file, for the control socket'\''s place.]:config:'
        '--json[One JSON object.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_sluice_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _sluice ]]; then
    _sluice "${@}"
else
    compdef _sluice sluice
fi
