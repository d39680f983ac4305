"""`search completion SHELL`: the script by which a shell completes the command's words."""

from __future__ import annotations

import click

from searchlib.cli.completing import behind_break, candidates, words_of
from searchlib.cli.parameters import examples
from searchlib.cli.routing import LITERAL, Verb
from searchlib.cli.streams import say
from searchlib.cli.terminal import plain

_EPILOG = examples(
    ("search completion bash >> ~/.bashrc", "for bash, from the next shell on"),
    ("search completion zsh >> ~/.zshrc", "for zsh, below the line with compinit"),
    ("search completion fish > ~/.config/fish/completions/search.fish", "for fish"),
)

SCRIPTS = {
    "bash": r"""
_searchlib() {
    local kind text help
    COMPREPLY=()
    while IFS=$'\t' read -r kind text help; do
        case $kind in
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
            part) compopt -o nospace; COMPREPLY+=("$text") ;;
            plain) COMPREPLY+=("$text") ;;
        esac
    done < <("$1" completion bash -- "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -F _searchlib search
""",
    "zsh": r"""
_searchlib() {
    local kind text help
    local -a plain part
    while IFS=$'\t' read -r kind text help; do
        case $kind in
            file) _files ;;
            dir) _files -/ ;;
            part) part+=("$text") ;;
            plain) plain+=("${text//:/\\:}${help:+:$help}") ;;
        esac
    done < <("${words[1]}" completion zsh -- "${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)
    (( $#plain )) && _describe -V search plain
    (( $#part )) && compadd -S '' -- $part
}
compdef _searchlib search
""",
    "fish": r"""
function __searchlib
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] completion fish -- $words[2..-1] "$current" 2>/dev/null)
        set -l parts (string split \t -- $line)
        switch $parts[1]
            case file
                __fish_complete_path "$current"
            case dir
                __fish_complete_directories "$current"
            case '*'
                printf '%s\t%s\n' $parts[2] "$parts[3]"
        end
    end
end
complete -c search -f -a '(__searchlib)'
""",
}


@click.command("completion", cls=Verb, epilog=_EPILOG)
@click.argument("shell", metavar="SHELL", type=click.Choice(list(SCRIPTS)))
@click.argument("words", nargs=-1, metavar="[-- WORDS...]")
@click.pass_context
def command(ctx: click.Context, shell: str, words: tuple[str, ...]) -> int:
    """
    Print the script that completes verbs, options, their values and fields at the press of the tab key.

    The script asks with the words behind --, and gets for each candidate a line of its kind, its text and
    its help.
    """
    if not ctx.meta[LITERAL]:
        say(SCRIPTS[shell].strip())
        return 0
    typed, breaks = list(words), ""
    if shell == "bash":  # it gives the line as it is, and where it breaks words
        line, breaks = (*words, "", "")[:2]
        typed = words_of(line)[1:]
    found = behind_break(candidates(typed), typed[-1] if typed else "", breaks)
    for one in found:
        say("\t".join((one.kind, plain(one.text), plain(one.help))))
    return 0
