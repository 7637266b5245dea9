#!/usr/bin/env bash
# A real Slurm on this one machine, for tests: `slurm.sh install`, `slurm.sh start`, `slurm.sh stop`.
# Needs root. One node of four cores and two pretend cards; it listens on the loopback alone.
set -euo pipefail

STATE=/run/chaoslearn-slurm # pid files, logs, spool
ETC=/etc/slurm              # a job step looks nowhere else
OURS="# Made by tests/cluster/slurm.sh."

install() {
    require_root
    if command -v slurmctld slurmd munged sbatch >/dev/null; then
        return
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update --quiet=2
    apt-get install --quiet=2 --yes --no-install-recommends slurm-wlm munge
}

require_root() {
    if [[ $(id -u) != 0 ]]; then
        echo "slurm.sh: needs root" >&2
        exit 1
    fi
}

# Nobody's real cluster is touched: a configuration that is not ours stays, and nothing starts.
require_free() {
    require_root
    if [[ -e $ETC/slurm.conf ]] && ! grep --quiet "^$OURS" $ETC/slurm.conf; then
        echo "slurm.sh: $ETC/slurm.conf is not ours; this machine belongs to a cluster" >&2
        exit 1
    fi
}

configure() {
    mkdir -p $ETC $STATE/spool $STATE/controller
    cat >$ETC/slurm.conf <<END
$OURS
ClusterName=chaoslearn
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
# No cgroups, no accounting: what a container lacks. Memory is therefore asked for, not enforced.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SwitchType=switch/none
MpiDefault=none
# The node may claim more cores than the machine has.
SlurmdParameters=config_overrides
ReturnToService=2
# The tests look at jobs that ended long ago.
MinJobAge=7200
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
GresTypes=gpu
SlurmctldPidFile=$STATE/slurmctld.pid
SlurmdPidFile=$STATE/slurmd.pid
SlurmctldLogFile=$STATE/slurmctld.log
SlurmdLogFile=$STATE/slurmd.log
StateSaveLocation=$STATE/controller
SlurmdSpoolDir=$STATE/spool
NodeName=localhost NodeAddr=127.0.0.1 CPUs=4 Boards=1 SocketsPerBoard=1 CoresPerSocket=4 ThreadsPerCore=1 RealMemory=16000 Gres=gpu:2 State=UNKNOWN
PartitionName=main Nodes=localhost Default=YES MaxTime=INFINITE State=UP DefMemPerCPU=1000
END
    echo "NodeName=localhost Name=gpu File=/dev/null,/dev/zero" >$ETC/gres.conf
    echo "CgroupAutomount=no" >$ETC/cgroup.conf
}

start() {
    require_free
    configure
    if ! munge --no-input >/dev/null 2>&1; then # else the system's own is running
        install_folder() { command install --directory --owner munge --group munge "$1"; }
        install_folder /run/munge
        install_folder $STATE/munge
        setpriv --reuid munge --regid munge --clear-groups munged --pid-file $STATE/munge/munged.pid
    fi
    slurmctld
    slurmd -N localhost
    for _ in $(seq 100); do
        if [[ $(sinfo --noheader --format %T 2>/dev/null) == idle ]]; then
            return
        fi
        sleep 0.1
    done
    echo "slurm.sh: the node is not idle after 10 s; see $STATE/*.log" >&2
    stop
    exit 1
}

stop() {
    require_free
    if [[ -e $STATE/slurmctld.pid ]]; then
        scancel --user root --quiet || true # or its jobs would outlive it
    fi
    for file in slurmd slurmctld munge/munged; do
        [[ -e $STATE/$file.pid ]] || continue
        pid=$(<$STATE/$file.pid)
        kill "$pid" 2>/dev/null || true
        while [[ -e /proc/$pid/exe ]]; do sleep 0.1; done # a zombie has none
    done
    # With a slurm.conf and no controller every start of Snakemake would wait 10 s for an answer.
    rm -rf $STATE $ETC/{slurm,gres,cgroup}.conf
}

case ${1-} in
install | start | stop) "$1" ;;
*)
    echo "usage: slurm.sh install|start|stop" >&2
    exit 2
    ;;
esac
