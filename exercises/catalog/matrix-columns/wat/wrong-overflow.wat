(module
  (import "lab" "allocate" (func $allocate (param $bytes i32) (param $alignment i32) (result i32)))
  (memory (export "memory") 1)

  ;; What each meter counted in all. The totals are kept as small as the readings, and do not fit.
  (func (export "meter-totals") (param $readings i32) (param $readings_length i32) (param $meters i32) (result i32)
    (local $result i32) (local $totals i32) (local $end i32) (local $total i32) (local $totals_end i32)
    ;; The list of totals, which begin at 0: its address, and how many there are.
    (local.set $totals (call $allocate (i32.shl (local.get $meters) (i32.const 3)) (i32.const 8)))
    (local.set $result (call $allocate (i32.const 8) (i32.const 4)))
    (i32.store (local.get $result) (local.get $totals))
    (i32.store offset=4 (local.get $result) (local.get $meters))
    (local.set $end (i32.add (local.get $readings) (i32.shl (local.get $readings_length) (i32.const 2))))
    (local.set $totals_end (i32.add (local.get $totals) (i32.shl (local.get $meters) (i32.const 3))))
    (block $done
      (loop $row
        (br_if $done (i32.ge_u (local.get $readings) (local.get $end)))
        (local.set $total (local.get $totals))
        (loop $next
          (i32.store (local.get $total)
            (i32.add (i32.load (local.get $total)) (i32.load (local.get $readings))))
          (local.set $readings (i32.add (local.get $readings) (i32.const 4)))
          (local.set $total (i32.add (local.get $total) (i32.const 8)))
          (br_if $next (i32.ne (local.get $total) (local.get $totals_end))))
        (br $row)))
    (local.get $result)))
