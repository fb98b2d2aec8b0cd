# Completion of harness in fish. For this shell: harness completion fish | source
# For all: harness completion fish > ~/.config/fish/completions/harness.fish
function __harness_complete
    set -l line (string replace -r '^\S+\s*' '' -- (commandline -cp | string collect))
    harness "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete -c harness -a '(__harness_complete)'
