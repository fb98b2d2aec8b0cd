#!/usr/bin/env bash
# A Slurm cluster on this machine's loopback, for tests: its own munge, controller and nodes, nothing of an installed cluster is touched.
#   loopback-slurm.sh start DIR [NODES] [MAX_ARRAY_SIZE]    start, wait until all nodes are idle; then use it with SLURM_CONF=DIR/slurm.conf
#   loopback-slurm.sh node DIR NAME                         start a node again that was killed
#   loopback-slurm.sh stop DIR                              end everything
# A task that is put back into the queue waits until its credential has expired; two minutes by default, here five seconds.
# Needs Debian's slurm-wlm and munge, and root: slurmd starts tasks as their user.
set -euo pipefail
command=$1 dir=$(realpath -m "$2")
export SLURM_CONF=$dir/slurm.conf PATH=$PATH:/usr/sbin

start() {
  local nodes=$1 array=$2
  mkdir -p "$dir/state" "$dir/munge"
  chmod 755 "$dir"
  chmod 700 "$dir/munge"
  head -c 128 /dev/urandom > "$dir/munge/key"
  chmod 400 "$dir/munge/key"
  # Ports of this cluster alone: two test runs on one machine must not meet.
  local base=$((20000 + RANDOM % 20000))
  cat > "$SLURM_CONF" <<CONF
ClusterName=loopback
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=$base
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket,cred_expire=5
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool-%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd-%n.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,sched_min_interval=100000,batch_sched_delay=1
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
JobRequeue=1
MaxArraySize=$array
ReturnToService=2
SlurmdTimeout=10
KillWait=2
MinJobAge=60
NodeName=n[1-$nodes] NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=[$((base + 1))-$((base + nodes))] CPUs=1 RealMemory=2000
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
  munged --force --socket="$dir/munge/socket" --key-file="$dir/munge/key" --pid-file="$dir/munge/pid" --log-file="$dir/munge/log" --seed-file="$dir/munge/seed"
  slurmctld -c
  for ((k = 1; k <= nodes; k++)); do slurmd -N "n$k"; done
  for ((t = 0; t < 300; t++)); do
    if [ "$(sinfo -h -t idle -o %D 2>/dev/null || true)" = "$nodes" ]; then exit 0; fi
    sleep 0.1
  done
  echo "The nodes are not idle after 30 s:" >&2
  sinfo >&2 || true
  tail -n 20 "$dir"/slurm*.log >&2
  exit 1
}

# Ends when the daemons have: they write into the folder until then.
stop() {
  local pid waited daemons=()
  scancel --full --state=PENDING,RUNNING,SUSPENDED --user "$(id -un)" 2>/dev/null || true
  for pid in "$dir"/slurmd-*.pid "$dir/slurmctld.pid" "$dir/munge/pid"; do
    if [ -f "$pid" ]; then daemons+=("$(cat "$pid")"); fi
  done
  kill "${daemons[@]}" 2>/dev/null || true
  for (( waited = 0; waited < 300; waited++ )); do
    kill -0 "${daemons[@]}" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL "${daemons[@]}" 2>/dev/null || true
}

case $command in
  start) start "${3:-2}" "${4:-1001}" ;;
  node) slurmd -N "$3" ;;
  stop) stop ;;
  *) echo "start, node or stop, not '$command'" >&2; exit 1 ;;
esac
