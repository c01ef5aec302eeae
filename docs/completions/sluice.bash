
__sluice_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__sluice_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__sluice_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__sluice_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_sluice() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __sluice_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    init|scan|explain|rules|eval|quarantine|log|fsck|status|reload|help)
        # Offer subcommand argument completions
        "_sluice_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'init scan explain rules eval quarantine log fsck status reload help' -- "${cur}"))
        ;;
    esac
}

_sluice_init() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--rules)
    non_repeating_options=()
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--rules')
        return
        ;;
    esac
}

_sluice_scan() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--rules --compare)
    non_repeating_options=(--config --source --jobs)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--rules')
        return
        ;;
    '--config')
        return
        ;;
    '--compare')
        return
        ;;
    '--source')
        return
        ;;
    '--jobs')
        return
        ;;
    esac
}

_sluice_explain() {
    repeating_flags=()
    non_repeating_flags=(--json --reveal --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config --source)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--rules')
        return
        ;;
    '--config')
        return
        ;;
    '--source')
        return
        ;;
    esac
}

_sluice_rules() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sluice_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    check|list|show|try|stats|sign)
        # Offer subcommand argument completions
        "_sluice_rules_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'check list show try stats sign' -- "${cur}"))
        ;;
    esac
}

_sluice_rules_check() {
    repeating_flags=()
    non_repeating_flags=(--json --strict --version -h --help)
    repeating_options=()
    non_repeating_options=(--config)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    esac
}

_sluice_rules_list() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--rules')
        return
        ;;
    '--config')
        return
        ;;
    esac
}

_sluice_rules_show() {
    repeating_flags=()
    non_repeating_flags=(--plan --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config)
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--rules')
        return
        ;;
    '--config')
        return
        ;;
    esac
}

_sluice_rules_try() {
    repeating_flags=()
    non_repeating_flags=(--reveal --json --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--rules')
        return
        ;;
    '--config')
        return
        ;;
    esac
}

_sluice_rules_stats() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config --log --since --until)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--rules')
        return
        ;;
    '--config')
        return
        ;;
    '--log')
        return
        ;;
    '--since')
        return
        ;;
    '--until')
        return
        ;;
    esac
}

_sluice_rules_sign() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--key)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--key')
        return
        ;;
    esac
}

_sluice_eval() {
    repeating_flags=()
    non_repeating_flags=(--keep-duplicates --json --reveal --version -h --help)
    repeating_options=(--rules --profile --evade --benign --compare)
    non_repeating_options=(--config --by --map --groups --html --decisions --passage --floors --samples --seed --jobs)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--rules')
        return
        ;;
    '--config')
        return
        ;;
    '--profile')
        return
        ;;
    '--by')
        __sluice_add_completions -W 'harm'$'\n''rule'$'\n''dataset'$'\n''lang'$'\n''group'
        return
        ;;
    '--map')
        return
        ;;
    '--groups')
        return
        ;;
    '--evade')
        return
        ;;
    '--html')
        return
        ;;
    '--decisions')
        return
        ;;
    '--benign')
        return
        ;;
    '--passage')
        return
        ;;
    '--compare')
        return
        ;;
    '--floors')
        return
        ;;
    '--samples')
        return
        ;;
    '--seed')
        return
        ;;
    '--jobs')
        return
        ;;
    esac
}

_sluice_quarantine() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sluice_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|next|release|confirm|delete|rescan|hold|allowances)
        # Offer subcommand argument completions
        "_sluice_quarantine_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show next release confirm delete rescan hold allowances' -- "${cur}"))
        ;;
    esac
}

_sluice_quarantine_list() {
    repeating_flags=()
    non_repeating_flags=(--json --unreviewed --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config --spool --log --socket --in --source --harm --rule --only-rule)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--spool')
        return
        ;;
    '--log')
        return
        ;;
    '--rules')
        return
        ;;
    '--socket')
        return
        ;;
    '--in')
        return
        ;;
    '--source')
        return
        ;;
    '--harm')
        return
        ;;
    '--rule')
        return
        ;;
    '--only-rule')
        return
        ;;
    esac
}

_sluice_quarantine_show() {
    repeating_flags=()
    non_repeating_flags=(--json --reveal --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config --spool --log --socket --reason)
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--spool')
        return
        ;;
    '--log')
        return
        ;;
    '--rules')
        return
        ;;
    '--socket')
        return
        ;;
    '--reason')
        return
        ;;
    esac
}

_sluice_quarantine_next() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config --spool --log --socket --in --source --harm --rule --only-rule --after)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--spool')
        return
        ;;
    '--log')
        return
        ;;
    '--rules')
        return
        ;;
    '--socket')
        return
        ;;
    '--in')
        return
        ;;
    '--source')
        return
        ;;
    '--harm')
        return
        ;;
    '--rule')
        return
        ;;
    '--only-rule')
        return
        ;;
    '--after')
        return
        ;;
    esac
}

_sluice_quarantine_release() {
    repeating_flags=()
    non_repeating_flags=(--json --no-allow --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config --spool --log --socket --only-rule --reason --report --to)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--spool')
        return
        ;;
    '--log')
        return
        ;;
    '--rules')
        return
        ;;
    '--socket')
        return
        ;;
    '--only-rule')
        return
        ;;
    '--reason')
        return
        ;;
    '--report')
        return
        ;;
    '--to')
        return
        ;;
    esac
}

_sluice_quarantine_confirm() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config --spool --log --socket --reason)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--spool')
        return
        ;;
    '--log')
        return
        ;;
    '--rules')
        return
        ;;
    '--socket')
        return
        ;;
    '--reason')
        return
        ;;
    esac
}

_sluice_quarantine_delete() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config --spool --log --socket --reason --report)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--spool')
        return
        ;;
    '--log')
        return
        ;;
    '--rules')
        return
        ;;
    '--socket')
        return
        ;;
    '--reason')
        return
        ;;
    '--report')
        return
        ;;
    esac
}

_sluice_quarantine_rescan() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config --spool --log --socket --reason)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--spool')
        return
        ;;
    '--log')
        return
        ;;
    '--rules')
        return
        ;;
    '--socket')
        return
        ;;
    '--reason')
        return
        ;;
    esac
}

_sluice_quarantine_hold() {
    repeating_flags=()
    non_repeating_flags=(--json --free --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config --spool --log --socket --reason)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--spool')
        return
        ;;
    '--log')
        return
        ;;
    '--rules')
        return
        ;;
    '--socket')
        return
        ;;
    '--reason')
        return
        ;;
    esac
}

_sluice_quarantine_allowances() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=(--config --spool --log --socket --revoke --rule --reason)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--spool')
        return
        ;;
    '--log')
        return
        ;;
    '--rules')
        return
        ;;
    '--socket')
        return
        ;;
    '--revoke')
        return
        ;;
    '--rule')
        return
        ;;
    '--reason')
        return
        ;;
    esac
}

_sluice_log() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sluice_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    verify|show|follow|prove)
        # Offer subcommand argument completions
        "_sluice_log_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'verify show follow prove' -- "${cur}"))
        ;;
    esac
}

_sluice_log_verify() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--log --config --checkpoint --key)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--log')
        return
        ;;
    '--config')
        return
        ;;
    '--checkpoint')
        return
        ;;
    '--key')
        return
        ;;
    esac
}

_sluice_log_show() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--log --config --item --event --verdict --source --rule --since --until --last)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--log')
        return
        ;;
    '--config')
        return
        ;;
    '--item')
        return
        ;;
    '--event')
        return
        ;;
    '--verdict')
        return
        ;;
    '--source')
        return
        ;;
    '--rule')
        return
        ;;
    '--since')
        return
        ;;
    '--until')
        return
        ;;
    '--last')
        return
        ;;
    esac
}

_sluice_log_follow() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--log --config --item --event --verdict --source --rule --since --until)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--log')
        return
        ;;
    '--config')
        return
        ;;
    '--item')
        return
        ;;
    '--event')
        return
        ;;
    '--verdict')
        return
        ;;
    '--source')
        return
        ;;
    '--rule')
        return
        ;;
    '--since')
        return
        ;;
    '--until')
        return
        ;;
    esac
}

_sluice_log_prove() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--log --config --check --key)
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--log')
        return
        ;;
    '--config')
        return
        ;;
    '--check')
        return
        ;;
    '--key')
        return
        ;;
    esac
}

_sluice_fsck() {
    repeating_flags=()
    non_repeating_flags=(--repair --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--log --config --dropped --key)
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--log')
        return
        ;;
    '--config')
        return
        ;;
    '--dropped')
        return
        ;;
    '--key')
        return
        ;;
    esac
}

_sluice_status() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --config)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--socket')
        return
        ;;
    '--config')
        return
        ;;
    esac
}

_sluice_reload() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --config)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--socket')
        return
        ;;
    '--config')
        return
        ;;
    esac
}

_sluice_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __sluice_offer_flags_options -1
}

complete -o filenames -F _sluice sluice
