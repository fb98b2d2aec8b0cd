#compdef harness
# Completion of harness in zsh. For this shell: eval "$(harness completion zsh)"
# For all: harness completion zsh > _harness, in a folder of $fpath
_harness() {
    local line="${(j: :)words[2,CURRENT]}"
    local -a candidates
    candidates=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
    compadd -- "${(@)candidates:#}" || _files
}
if [[ "${funcstack[1]}" == _harness ]]; then _harness "$@"; else compdef _harness harness; fi
