(module
  (import "lab" "allocate" (func $allocate (param $bytes i32) (param $alignment i32) (result i32)))
  (memory (export "memory") 1)

  ;; How many parcels are in each price bracket. A parcel that is just as heavy as a limit slips into the next bracket.
  (func (export "count-by-bracket") (param $weights i32) (param $weights_length i32) (result i32)
    (local $counts i32) (local $end i32) (local $weight i32) (local $count i32)
    ;; The answer: an address and a length, and behind them the eight counts, which begin at 0.
    (local.set $counts (call $allocate (i32.const 40) (i32.const 4)))
    (i32.store (local.get $counts) (i32.add (local.get $counts) (i32.const 8)))
    (i32.store offset=4 (local.get $counts) (i32.const 8))
    (local.set $end (i32.add (local.get $weights) (i32.shl (local.get $weights_length) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $weights) (local.get $end)))
        (local.set $weight (i32.load (local.get $weights)))
        ;; On the stack: how many limits the parcel exceeds.
        (i32.ge_u (local.get $weight) (i32.const 250))
        (i32.ge_u (local.get $weight) (i32.const 500))
        i32.add
        (i32.ge_u (local.get $weight) (i32.const 1000))
        i32.add
        (i32.ge_u (local.get $weight) (i32.const 2000))
        i32.add
        (i32.ge_u (local.get $weight) (i32.const 5000))
        i32.add
        (i32.ge_u (local.get $weight) (i32.const 10000))
        i32.add
        (i32.ge_u (local.get $weight) (i32.const 20000))
        i32.add
        i32.const 2
        i32.shl
        local.get $counts
        i32.add
        local.set $count
        (i32.store offset=8 (local.get $count) (i32.add (i32.load offset=8 (local.get $count)) (i32.const 1)))
        (local.set $weights (i32.add (local.get $weights) (i32.const 4)))
        (br $next)))
    (local.get $counts)))
