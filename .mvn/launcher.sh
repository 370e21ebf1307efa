# Sourced by */bin/*: finds Java, builds the module's jar when it is missing or older than its
# sources, and runs it. Exit status 1: the tool could not be started.

grantstore_fail() {
  echo "$1" >&2
  exit 1
}

# Sets java and java_major.
grantstore_find_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
    [[ -x $java ]] || grantstore_fail "JAVA_HOME has no bin/java: JAVA_HOME=$JAVA_HOME"
  else
    java=$(command -v java) || grantstore_fail "java not found: install a JDK, 17 or later, or set JAVA_HOME"
  fi
  local version
  version=$("$java" -version 2>&1) || grantstore_fail "java does not run: java=$java: $version"
  java_major=$(sed -n 's/.*version "\([0-9]*\).*/\1/p' <<<"$version" | head -n 1)
  if [[ -z $java_major ]] || ((java_major < 17)); then
    grantstore_fail "java is too old, 17 or later is needed: java=$java version=${java_major:-unknown}"
  fi
}

# True when a source that goes into the module, or a pom.xml, is newer than the file $1. Folders
# count: a deletion shows there.
grantstore_newer_source() {
  local sources=("$root/engine/src/main" "$root/$module/src/main")
  case $module in
    storage-bench) sources+=("$root/fixture-gen/src/main") ;;
    microtests) sources+=("$root"/{equivalence,fixture-gen,storage-bench}/src/main) ;;
  esac
  [[ -n $(find "${sources[@]}" "$root"/pom.xml "$root"/*/pom.xml -newer "$1" -print 2>/dev/null |
    head -n 1) ]]
}

# The stamp is there because Maven leaves a jar alone whose own content did not change.
grantstore_is_stale() {
  [[ -f $jar ]] || return 0
  grantstore_newer_source "$jar" || return 1
  [[ ! -f $stamp ]] || grantstore_newer_source "$stamp"
}

grantstore_build() {
  command -v mvn >/dev/null || grantstore_fail "mvn not found: install Maven 3.8 or later to build $module"
  mkdir -p "$root/target"
  if command -v flock >/dev/null; then
    exec 9>"$root/target/launcher.lock"
    flock 9
    if ! grantstore_is_stale; then
      exec 9>&-
      return
    fi
  fi
  echo "building $module (once; takes about a minute)..." >&2
  local log=$root/target/launcher-$module.log
  touch "$stamp.new"
  # Closing 9 keeps a process that Maven leaves behind from holding the lock.
  if ! mvn -q -B -f "$root/pom.xml" -pl "$module" -am -Dmaven.test.skip=true -Dspotless.check.skip=true \
    package >"$log" 2>&1 </dev/null 9>&-; then
    rm -f "$stamp.new"
    cat "$log" >&2
    grantstore_fail "$module could not be built; the lines above are in $log"
  fi
  mkdir -p "${stamp%/*}"
  mv "$stamp.new" "$stamp"
  exec 9>&-
}

# Java passes over what is not there, and then an engine is not found for no reason that shows.
grantstore_tell_missing_classes() {
  local entries entry
  IFS=: read -r -a entries <<<"${GRANTSTORE_CLASSPATH:-}"
  for entry in "${entries[@]}"; do
    if [[ -n $entry && ! -e ${entry%\*} ]]; then
      echo "GRANTSTORE_CLASSPATH names what does not exist: $entry" >&2
    fi
  done
}

# launch MODULE MAIN-CLASS ROOT ARGUMENT...
launch() {
  local module=$1 main=$2 root java java_major jar stamp
  root=$(cd -P "$3" && pwd)
  shift 3
  jar=$root/$module/target/$module.jar
  stamp=$root/target/launcher-$module.stamp
  grantstore_find_java
  grantstore_tell_missing_classes
  if grantstore_is_stale; then
    grantstore_build
  fi
  # The parallel collector costs least where throughput is all that counts.
  local flags=(-Dfile.encoding=UTF-8 -XX:+UseParallelGC)
  if [[ $module == fixture-gen ]]; then
    # A short load is over before much of it is optimised: code that waits for that runs without
    # profiling, which makes the first million grants about a tenth faster.
    flags+=(-XX:Tier3DelayOn=0)
  fi
  if ((java_major >= 24)); then
    flags+=(--enable-native-access=ALL-UNNAMED)
    # protobuf-java reads memory through sun.misc.Unsafe; 24 warns of it on each start.
    flags+=(--sun-misc-unsafe-memory-access=allow)
  fi
  # The JVM reads arguments and names of files by the locale; in the C locale it knows ASCII alone.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
    C | POSIX) export LC_ALL=C.UTF-8 ;;
  esac
  # GRANTSTORE_JAVA_OPTS holds several options, so it is split at spaces. GRANTSTORE_CLASSPATH is
  # for further engines, which the service loader then finds.
  # shellcheck disable=SC2086
  exec "$java" "${flags[@]}" ${GRANTSTORE_JAVA_OPTS:-} \
    -cp "$jar${GRANTSTORE_CLASSPATH:+:$GRANTSTORE_CLASSPATH}" "$main" "$@"
}
