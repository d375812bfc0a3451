(module
  (import "lab" "allocate" (func $allocate (param $bytes i32) (param $alignment i32) (result i32)))
  (memory (export "memory") 1)
  ;; The heaviest parcel of each bracket, in grams; what is heavier than all of them has a bracket of its own.
  (data (i32.const 0) "\fa\00\00\00\f4\01\00\00\e8\03\00\00\d0\07\00\00\88\13\00\00\10\27\00\00\20\4e\00\00")

  ;; How many parcels are in each price bracket.
  (func (export "count-by-bracket") (param $weights i32) (param $weights_length i32) (result i32)
    (local $counts i32) (local $end i32) (local $weight i32) (local $count i32) (local $limit i32)
    ;; The answer: an address and a length, and behind them the eight counts, which begin at 0.
    (local.set $counts (call $allocate (i32.const 40) (i32.const 4)))
    (i32.store (local.get $counts) (i32.add (local.get $counts) (i32.const 8)))
    (i32.store offset=4 (local.get $counts) (i32.const 8))
    (local.set $end (i32.add (local.get $weights) (i32.shl (local.get $weights_length) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $weights) (local.get $end)))
        (local.set $weight (i32.load (local.get $weights)))
        (local.set $count (local.get $counts))
        (local.set $limit (i32.const 0))
        (block $found
          (loop $search
            (br_if $found (i32.eq (local.get $limit) (i32.const 28)))
            (br_if $found (i32.le_u (local.get $weight) (i32.load (local.get $limit))))
            (local.set $count (i32.add (local.get $count) (i32.const 4)))
            (local.set $limit (i32.add (local.get $limit) (i32.const 4)))
            (br $search)))
        (i32.store offset=8 (local.get $count) (i32.add (i32.load offset=8 (local.get $count)) (i32.const 1)))
        (local.set $weights (i32.add (local.get $weights) (i32.const 4)))
        (br $next)))
    (local.get $counts)))
