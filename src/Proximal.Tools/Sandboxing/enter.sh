# Runs as process 1 of new namespaces, with the rights to mount: builds a file system that holds nothing but what a program needs, gives up every right, and becomes the program.
# Arguments: user and group ("" keeps those of the namespace), bytes of the scratch folder, bytes of memory, seconds of processor time, processes, bytes of a file, and then the program.
set -eu
user=$1 scratch=$2 memory=$3 seconds=$4 processes=$5 file=$6
shift 6
PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=/tmp
umask 022

mount --make-rprivate /
mount -t tmpfs -o size=64k,nr_inodes=64,mode=0755,nosuid,nodev root "$root"
for name in usr bin sbin lib lib32 lib64 libx32; do
    if [ -L "/$name" ]; then
        ln -s "$(readlink "/$name")" "$root/$name"
    elif [ -d "/$name" ]; then
        mkdir "$root/$name"
        mount --bind "/$name" "$root/$name" 2>/dev/null || mount --rbind "/$name" "$root/$name"
        mount -o remount,bind,ro,nosuid,nodev "$root/$name"
    fi
done

mkdir "$root/dev" "$root/etc" "$root/tmp" "$root/old" "$root/proc"
for device in null zero urandom; do
    : > "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
if [ -f /etc/ld.so.cache ]; then
    : > "$root/etc/ld.so.cache"
    mount --bind /etc/ld.so.cache "$root/etc/ld.so.cache"
    mount -o remount,bind,ro,nosuid,nodev "$root/etc/ld.so.cache"
fi
owner=
[ -z "$user" ] || owner=",uid=$user,gid=$user"
mount -t tmpfs -o "size=$scratch,nr_inodes=256,mode=0700,nosuid,nodev$owner" scratch "$root/tmp"
mount -o remount,bind,ro,nosuid,nodev "$root"
# Only umount needs it; the program does not get to see it.
mount -t proc -o nosuid,nodev,noexec proc "$root/proc" 2>/dev/null || mount --rbind /proc "$root/proc"
# No namespaces inside namespaces, where this one is the program's own.
[ -n "$user" ] || { echo 0 > "$root/proc/sys/user/max_user_namespaces"; } 2>/dev/null || :

cd "$root"
pivot_root . old
cd /tmp
umount -l /old
umount -l /proc

identity=
[ -z "$user" ] || identity="--reuid=$user --regid=$user --clear-groups"
# shellcheck disable=SC2086
exec prlimit --as="$memory" --cpu="$seconds" --nproc="$processes" --fsize="$file" --nofile=64 --core=0 --memlock=65536 --msgqueue=0 \
    setpriv $identity --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all -- "$@"
