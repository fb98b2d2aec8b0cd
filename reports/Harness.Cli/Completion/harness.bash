# Completion of harness in bash. For this shell: eval "$(harness completion bash)"
# For all: harness completion bash > ~/.local/share/bash-completion/completions/harness
_harness() {
    local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
    line="${line#*"${COMP_WORDS[0]}"}"
    line="${line#"${line%%[! ]*}"}"
    COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word"))
}
complete -o bashdefault -o default -F _harness harness
