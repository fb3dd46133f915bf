#!/bin/sh
# Puts Mien into the desktop's menu, for this user:  sh add-to-menu.sh
# Again after the folder was moved; to undo it, remove the file that it names.
set -eu
here=$(dirname "$(readlink -f "$0")")
target=${XDG_DATA_HOME:-$HOME/.local/share}/applications
mkdir -p "$target"
plain=$(printf '%s' "$here" | sed 's/[&|\\]/\\&/g')
sed -e "s|^Exec=.*|Exec=\"$plain/Mien\" %f|" -e "s|^Icon=.*|Icon=$plain/mien.svg|" \
    "$here/mien.desktop" > "$target/mien.desktop"
echo "$target/mien.desktop"
