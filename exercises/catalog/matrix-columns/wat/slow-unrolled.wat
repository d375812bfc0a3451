(module
  (import "lab" "allocate" (func $allocate (param $bytes i32) (param $alignment i32) (result i32)))
  (memory (export "memory") 1)

  ;; What each meter counted in all. Two readings a round, in the same order.
  (func (export "meter-totals") (param $readings i32) (param $readings_length i32) (param $meters i32) (result i32)
    (local $result i32) (local $totals i32) (local $end i32)
    (local $meter i32) (local $at i32) (local $total i64)
    ;; The list of totals, which begin at 0: its address, and how many there are.
    (local.set $totals (call $allocate (i32.shl (local.get $meters) (i32.const 3)) (i32.const 8)))
    (local.set $result (call $allocate (i32.const 8) (i32.const 4)))
    (i32.store (local.get $result) (local.get $totals))
    (i32.store offset=4 (local.get $result) (local.get $meters))
    (local.set $end (i32.add (local.get $readings) (i32.shl (local.get $readings_length) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $meter) (local.get $meters)))
        (local.set $at (i32.add (local.get $readings) (i32.shl (local.get $meter) (i32.const 2))))
        (local.set $total (i64.const 0))
        (block $added
          (loop $add
            (br_if $added (i32.ge_u (local.get $at) (local.get $end)))
            (local.set $total (i64.add (local.get $total) (i64.load32_u (local.get $at))))
            (local.set $at (i32.add (local.get $at) (i32.shl (local.get $meters) (i32.const 2))))
            (br_if $added (i32.ge_u (local.get $at) (local.get $end)))
            (local.set $total (i64.add (local.get $total) (i64.load32_u (local.get $at))))
            (local.set $at (i32.add (local.get $at) (i32.shl (local.get $meters) (i32.const 2))))
            (br $add)))
        (i64.store
          (i32.add (local.get $totals) (i32.shl (local.get $meter) (i32.const 3)))
          (local.get $total))
        (local.set $meter (i32.add (local.get $meter) (i32.const 1)))
        (br $next)))
    (local.get $result)))
