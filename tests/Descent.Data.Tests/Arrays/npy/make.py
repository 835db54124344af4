# The arrays that NpyReaderTests reads, and what numpy says that they hold.
import numpy as np, os
d = os.path.dirname(os.path.abspath(__file__)) + '/'
print(np.__version__)
x=np.array([[0.1,-2.5,3.0],[1e-3,7.25,-0.7]])
np.save(d+'f8.npy', x)
np.save(d+'f4.npy', x.astype('<f4'))
np.save(d+'f4-big.npy', x.astype('>f4'))
np.save(d+'f8-fortran.npy', np.asfortranarray(x))
np.save(d+'f2.npy', x.astype('<f2'))
np.save(d+'i8-big.npy', np.array([[2**53+1,-2**63],[2**63-1,5]],dtype='>i8'))
np.save(d+'u8.npy', np.array([2**64-1,1,2**53+3],dtype='<u8'))
np.save(d+'i2-big-fortran.npy', np.asfortranarray(np.arange(24).reshape(2,3,4).astype('>i2')))
np.save(d+'i1.npy', np.array([-128,127,-1],dtype='i1'))
np.save(d+'b1.npy', np.array([True,False,True]))
for v in [(2,0),(3,0)]:
    with open(d+f'v{v[0]}.npy','wb') as f: np.lib.format.write_array(f, x, version=v)
np.savez(d+'both.npz', X=x, y=np.array([1,0]))
np.savez_compressed(d+'packed.npz', X=x.astype('<f4'), y=np.array([1.5,-2.0]))
np.save(d+'object.npy', np.array([1,'a',None],dtype=object), allow_pickle=True)
np.save(d+'text.npy', np.array(['a','bb']))
np.save(d+'record.npy', np.array([(1,2.0)],dtype=[('a','<i4'),('b','<f8')]))
np.save(d+'complex.npy', np.array([1+2j]))
np.save(d+'date.npy', np.array(['2024-01-31'],dtype='M8[D]'))
for n in ['f8','f4','f4-big','f8-fortran','f2','i8-big','u8','i2-big-fortran','i1','b1','v2','v3']:
    a=np.load(d+n+'.npy').astype(float)
    print(n, a.shape, [v.hex() for v in a.ravel().tolist()])
