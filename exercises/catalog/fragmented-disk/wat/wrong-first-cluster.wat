(module
  (import "lab" "allocate" (func $allocate (param $bytes i32) (param $alignment i32) (result i32)))
  (memory (export "memory") 1)

  ;; A checksum of each recording's chain of clusters. Goes on before it counts, so the first cluster is left out and what
  ;; stands behind the last is put in.
  (func (export "chain-checksums")
    (param $next_cluster i32) (param $next_cluster_length i32)
    (param $first_clusters i32) (param $first_clusters_length i32)
    (param $length i32) (result i32)
    (local $result i32) (local $checksums i32) (local $end i32) (local $cluster i32) (local $checksum i32) (local $at i32)
    ;; The list of checksums, which begin at 0: its address, and how many there are.
    (local.set $checksums (call $allocate (i32.shl (local.get $first_clusters_length) (i32.const 2)) (i32.const 4)))
    (local.set $result (call $allocate (i32.const 8) (i32.const 4)))
    (i32.store (local.get $result) (local.get $checksums))
    (i32.store offset=4 (local.get $result) (local.get $first_clusters_length))
    (local.set $end (i32.add (local.get $first_clusters) (i32.shl (local.get $first_clusters_length) (i32.const 2))))
    (block $done
      (loop $step
        (br_if $done (i32.eqz (local.get $length)))
        ;; The list of first clusters becomes that of the present ones.
        (local.set $at (local.get $first_clusters))
        (local.set $checksum (local.get $checksums))
        (block $all
          (loop $chain
            (br_if $all (i32.eq (local.get $at) (local.get $end)))
            (local.set $cluster (i32.load (local.get $at)))
            (local.set $cluster (i32.load (i32.add (local.get $next_cluster) (i32.shl (local.get $cluster) (i32.const 2)))))
            (i32.store (local.get $at) (local.get $cluster))
            (i32.store (local.get $checksum) (i32.add
              (i32.mul (i32.load (local.get $checksum)) (i32.const 31))
              (i32.rem_u (local.get $cluster) (i32.const 8191))))
            (local.set $at (i32.add (local.get $at) (i32.const 4)))
            (local.set $checksum (i32.add (local.get $checksum) (i32.const 4)))
            (br $chain)))
        (local.set $length (i32.sub (local.get $length) (i32.const 1)))
        (br $step)))
    (local.get $result)))
