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
  cp -r assets/. "$dest/assets/"
}

# Finds Chromium, or installs Debian's with fonts for the figures' words, and the
# library that drives it.
need_browser() {
  local name
  CHROMIUM=${CHROMIUM:-}
  for name in chromium google-chrome google-chrome-stable chromium-browser; do
    CHROMIUM=${CHROMIUM:-$(command -v "$name" || true)}
  done
  if [ -z "$CHROMIUM" ]; then
    install_packages chromium fonts-dejavu-core fonts-noto-core
    CHROMIUM=$(command -v chromium)
  fi
  export CHROMIUM
  command -v npm >/dev/null || install_packages nodejs npm
  npm ci --silent --no-fund --no-audit --prefix browser
}

install_packages() {
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}
