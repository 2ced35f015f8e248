#!/bin/bash
# A store survives each kind of fault twice; scripts/torture N does it as often as you like.
. "$(dirname "$0")/lib.sh"
require_tool strace git
TORTURE=$(dirname "$vermilion")/torture TMPDIR=${TMPDIR:-/var/tmp} "$root/scripts/torture" 12
