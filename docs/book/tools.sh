# What build.sh, pdf.sh and look.sh share; sourced by them, in docs/book.

MDBOOK_VERSION=0.5.4
MDBOOK=out/tools/bin/mdbook

# Installs mdBook if it is not there in this version.
need_mdbook() {
  if [ "$("$MDBOOK" --version 2>/dev/null)" != "mdbook v$MDBOOK_VERSION" ]; then
    cargo install mdbook --version "$MDBOOK_VERSION" --locked --root out/tools \
      --no-default-features --features search
  fi
}

# build_books EDITION DEST: both languages, from the same pages, for these readers.
build_books() {
  local edition=$1 dest=$2 language
  rm -rf "out/src/$edition" "$dest"
  cargo run --quiet --package handouts -- stage "out/src/$edition" --edition "$edition"
  for language in en ar; do
    MDBOOK_BOOK__SRC="../out/src/$edition/$language" \
      "$MDBOOK" build "$language" --dest-dir "$PWD/$dest/$language"
  done
  mkdir -p "$dest/assets"
  cp assets/*.woff2 assets/OFL.txt "$dest/assets/"
}
