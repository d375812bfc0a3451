(module
  (import "lab" "allocate" (func $allocate (param $bytes i32) (param $alignment i32) (result i32)))
  (memory (export "memory") 1)
  ;; A table with open addressing: a place is 8 bytes, a price and how often it was met so far. The number of places is a
  ;; power of two.
  (global $table (mut i32) (i32.const 0))
  (global $capacity (mut i32) (i32.const 0))

  ;; The place of a price, or the free one where it belongs.
  (func $find (param $price i32) (result i32)
    (local $at i32) (local $place i32)
    (local.set $at (i32.wrap_i64 (i64.shr_u
      (i64.mul (i64.extend_i32_u (local.get $price)) (i64.const 0x9e3779b97f4a7c15))
      (i64.const 32))))
    (loop $probe
      (local.set $place (i32.add (global.get $table) (i32.shl
        (i32.and (local.get $at) (i32.sub (global.get $capacity) (i32.const 1)))
        (i32.const 3))))
      (if (i32.and
            (i32.ne (i32.load offset=4 (local.get $place)) (i32.const 0))
            (i32.ne (i32.load (local.get $place)) (local.get $price)))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $probe))))
    (local.get $place))

  ;; How many pairs of products use the voucher up to the last cent: each product asks once how many before it cost the rest.
  (func (export "count-pairs") (param $prices i32) (param $prices_length i32) (param $voucher i32) (result i64)
    (local $pairs i64) (local $end i32) (local $price i32) (local $place i32)
    ;; Twice as many places as prices. Memory from $allocate is all zeros.
    (global.set $capacity (i32.const 16))
    (loop $larger
      (if (i32.lt_u (global.get $capacity) (i32.shl (local.get $prices_length) (i32.const 1)))
        (then
          (global.set $capacity (i32.shl (global.get $capacity) (i32.const 1)))
          (br $larger))))
    (global.set $table (call $allocate (i32.shl (global.get $capacity) (i32.const 3)) (i32.const 8)))
    (local.set $end (i32.add (local.get $prices) (i32.shl (local.get $prices_length) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $prices) (local.get $end)))
        (local.set $price (i32.load (local.get $prices)))
        ;; A product that costs more than the voucher is part of no pair.
        (if (i32.le_u (local.get $price) (local.get $voucher))
          (then
            (local.set $place (call $find (i32.sub (local.get $voucher) (local.get $price))))
            (local.set $pairs (i64.add (local.get $pairs) (i64.load32_u offset=4 (local.get $place))))
            (local.set $place (call $find (local.get $price)))
            (i32.store (local.get $place) (local.get $price))
            (i32.store offset=4 (local.get $place)
              (i32.add (i32.load offset=4 (local.get $place)) (i32.const 1)))))
        (local.set $prices (i32.add (local.get $prices) (i32.const 4)))
        (br $next)))
    (local.get $pairs)))
