// Written by Latency Lab: how the sandbox calls a solution. Arguments arrive in the canonical ABI's layout, become
// ordinary typed values in `lab_prepare`, and only `lab_call` is timed.

use std::alloc::{Layout, System};

// A solution must not bring an allocator of its own: it would run while arguments are prepared, outside the clock.
#[global_allocator]
static ALLOCATOR: System = System;

#[link(wasm_import_module = "lab")]
unsafe extern "C" {
    fn report_panic(message: *const u8, length: usize, line: u32, column: u32);
}

fn tell_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let payload = panic.payload();
        let message = match payload.downcast_ref::<&str>() {
            Some(message) => message,
            None => payload.downcast_ref::<String>().map_or("", String::as_str),
        };
        let (line, column) = match panic.location() {
            Some(location) if location.file() == "solution.rs" => (location.line(), location.column()),
            _ => (0, 0),
        };
        unsafe { report_panic(message.as_ptr(), message.len(), line, column) }
    }));
}

#[unsafe(no_mangle)]
extern "C" fn lab_allocate(bytes: usize, alignment: usize) -> *mut u8 {
    if bytes == 0 {
        return std::ptr::without_provenance_mut(alignment);
    }
    let layout = Layout::from_size_align(bytes, alignment).expect("the sandbox asks for valid layouts");
    let space = unsafe { std::alloc::alloc(layout) };
    if space.is_null() {
        std::alloc::handle_alloc_error(layout);
    }
    space
}

/// A type in the canonical ABI's layout.
trait Stored: Sized {
    const SIZE: usize;
    const ALIGNMENT: usize;

    unsafe fn load(at: *const u8) -> Self;
    unsafe fn store(self, at: *mut u8);

    unsafe fn load_list(at: *mut u8, length: usize) -> Vec<Self> {
        let list = (0..length).map(|index| unsafe { Self::load(at.add(index * Self::SIZE)) }).collect();
        if length > 0 {
            unsafe { std::alloc::dealloc(at, Layout::from_size_align_unchecked(length * Self::SIZE, Self::ALIGNMENT)) };
        }
        list
    }

    unsafe fn store_list(list: Vec<Self>) -> (*const u8, usize) {
        let length = list.len();
        let at = lab_allocate(length * Self::SIZE, Self::ALIGNMENT);
        for (index, element) in list.into_iter().enumerate() {
            unsafe { element.store(at.add(index * Self::SIZE)) };
        }
        (at, length)
    }
}

macro_rules! stored_as_it_is {
    ($($number:ty)*) => {$(
        impl Stored for $number {
            const SIZE: usize = size_of::<$number>();
            const ALIGNMENT: usize = align_of::<$number>();

            unsafe fn load(at: *const u8) -> Self {
                unsafe { at.cast::<$number>().read() }
            }

            unsafe fn store(self, at: *mut u8) {
                unsafe { at.cast::<$number>().write(self) }
            }

            unsafe fn load_list(at: *mut u8, length: usize) -> Vec<Self> {
                unsafe { Vec::from_raw_parts(at.cast(), length, length) }
            }

            unsafe fn store_list(list: Vec<Self>) -> (*const u8, usize) {
                let list = std::mem::ManuallyDrop::new(list);
                (list.as_ptr().cast(), list.len())
            }
        }
    )*};
}

stored_as_it_is!(bool i8 u8 i16 u16 i32 u32 i64 u64 f32 f64);

impl<T: Stored> Stored for Vec<T> {
    const SIZE: usize = 8;
    const ALIGNMENT: usize = 4;

    unsafe fn load(at: *const u8) -> Self {
        unsafe { T::load_list(at.cast::<*mut u8>().read(), at.cast::<usize>().add(1).read()) }
    }

    unsafe fn store(self, at: *mut u8) {
        unsafe {
            let (pointer, length) = T::store_list(self);
            at.cast::<*const u8>().write(pointer);
            at.cast::<usize>().add(1).write(length);
        }
    }
}

impl Stored for String {
    const SIZE: usize = 8;
    const ALIGNMENT: usize = 4;

    unsafe fn load(at: *const u8) -> Self {
        unsafe { String::from_utf8_unchecked(Vec::load(at)) }
    }

    unsafe fn store(self, at: *mut u8) {
        unsafe { self.into_bytes().store(at) }
    }
}

const fn aligned(offset: usize, alignment: usize) -> usize {
    offset.next_multiple_of(alignment)
}

macro_rules! stored_as_tuple {
    ($($member:ident)+) => {
        impl<$($member: Stored),+> Stored for ($($member,)+) {
            const ALIGNMENT: usize = {
                let mut alignment = 1;
                $(if $member::ALIGNMENT > alignment { alignment = $member::ALIGNMENT; })+
                alignment
            };
            const SIZE: usize = {
                let mut end = 0;
                $(end = aligned(end, $member::ALIGNMENT) + $member::SIZE;)+
                aligned(end, Self::ALIGNMENT)
            };

            unsafe fn load(at: *const u8) -> Self {
                let mut end = 0;
                ($({
                    let offset = aligned(end, $member::ALIGNMENT);
                    end = offset + $member::SIZE;
                    let _ = end;
                    unsafe { $member::load(at.add(offset)) }
                },)+)
            }

            #[expect(non_snake_case, reason = "members are named by their type parameters")]
            unsafe fn store(self, at: *mut u8) {
                let mut end = 0;
                let ($($member,)+) = self;
                $({
                    let offset = aligned(end, <$member as Stored>::ALIGNMENT);
                    end = offset + <$member as Stored>::SIZE;
                    let _ = end;
                    unsafe { $member.store(at.add(offset)) };
                })+
            }
        }
    };
}

stored_as_tuple!(A);
stored_as_tuple!(A B);
stored_as_tuple!(A B C);
stored_as_tuple!(A B C D);
stored_as_tuple!(A B C D E);
stored_as_tuple!(A B C D E F);
stored_as_tuple!(A B C D E F G);
stored_as_tuple!(A B C D E F G H);
stored_as_tuple!(A B C D E F G H I);
stored_as_tuple!(A B C D E F G H I J);
stored_as_tuple!(A B C D E F G H I J K);
stored_as_tuple!(A B C D E F G H I J K L);
stored_as_tuple!(A B C D E F G H I J K L M);
stored_as_tuple!(A B C D E F G H I J K L M N);
stored_as_tuple!(A B C D E F G H I J K L M N O);
stored_as_tuple!(A B C D E F G H I J K L M N O P);

#[unsafe(no_mangle)]
unsafe extern "C" fn lab_prepare(at: *const u8) -> *mut Arguments {
    tell_panics();
    Box::into_raw(Box::new(unsafe { Arguments::load(at) }))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn lab_call(arguments: *mut Arguments) -> *mut Answer {
    let arguments = *unsafe { Box::from_raw(arguments) };
    Box::into_raw(Box::new(answer(arguments)))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn lab_result(answer: *mut Answer) -> *const u8 {
    let at = lab_allocate(Answer::SIZE, Answer::ALIGNMENT);
    unsafe { Box::from_raw(answer).store(at) };
    at
}
